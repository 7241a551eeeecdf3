import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { publishJourney, startAt, type TestApp } from './harness.ts'

const name = (en: string) => ({ en, 'zh-CN': en })

/** Whoever is put in by hand waits for a colleague, who has two days. */
export function askingJourney(id = 'asking'): Journey {
  return journeySchema.parse({
    format: 1,
    id,
    name: name('Asking'),
    nodes: {
      picked: { type: 'manual', name: name('Picked'), config: {} },
      ask: {
        type: 'decision',
        name: name('Ask'),
        config: {
          title: '{{ customer.name }}：送礼还是致电',
          buttons: [
            { id: 'gift', name: { 'zh-CN': '送礼', en: 'Gift' } },
            { id: 'call', name: { 'zh-CN': '致电', en: 'Call' } },
          ],
          limit: { amount: 2, unit: 'day' },
        },
      },
      given: { type: 'tag', name: name('Given'), config: { add: ['gift'] } },
      done: { type: 'exit', name: name('Done'), config: {} },
    },
    edges: {
      picked: { entered: 'ask' },
      ask: { gift: 'given', call: 'done', timeout: 'done' },
      given: { done: 'done' },
    },
  })
}

/** Lets members come to the question; answers the id of the first one's task. */
export async function askFor(server: TestApp, customerIds: readonly string[]): Promise<string> {
  const { id } = await publishJourney(server, askingJourney())
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds })
  const { body } = await server.ask<{ tasks: { id: string; customerId: string }[] }>('GET', '/tasks')
  return body.tasks.find(({ customerId }) => customerId === customerIds[0])?.id ?? ''
}

/** Whoever is put in by hand is called by whoever has them, within two days; its leader has a day more. */
export function callingJourney(id = 'calling', more: object = {}): Journey {
  const { nodes, edges, ...rest } = askingJourney(id)
  const results = [
    { id: 'reached', name: name('Reached') },
    { id: 'refused', name: name('Refused') },
  ]
  const config = {
    ...{
      title: '致电 {{ customer.name }}',
      text: '{{ owner.name | default: "无人" }}',
      for: { to: 'owner' },
    },
    ...{ results, limit: { amount: 2, unit: 'day' }, escalate: { amount: 1, unit: 'day' }, ...more },
  }
  return journeySchema.parse({
    ...rest,
    id,
    nodes: { ...nodes, ask: { type: 'task', name: name('Call'), config } },
    edges: { ...edges, ask: { reached: 'given', refused: 'done', overdue: 'done' } },
  })
}

/** Lets members come to the task; answers the id of the first one's. */
export async function giveTask(server: TestApp, customerIds: readonly string[]): Promise<string> {
  const { id } = await publishJourney(server, callingJourney())
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds })
  const { body } = await server.ask<{ tasks: { id: string; customerId: string }[] }>(
    'GET',
    `/tasks?journey=${id}`,
  )
  return body.tasks.find(({ customerId }) => customerId === customerIds[0])?.id ?? ''
}

/** Gives somebody something to do for a member by hand, due tomorrow. */
export async function giveByHand(server: TestApp, customerId: string, more: object = {}) {
  const made = { customerId, title: '问问新品合不合适', due: startAt + 86_400_000, ...more }
  const answer = await server.ask<{ task: { id: string } }>('POST', '/tasks', made)
  return { answer, id: answer.body.task?.id ?? '' }
}
