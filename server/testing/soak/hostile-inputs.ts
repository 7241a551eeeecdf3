import { z } from 'zod'
import { limits } from '../../../shared/limits.ts'
import { memberId } from '../../bench/world.ts'
import { by, sketch } from '../sketch.ts'
import type { Server } from './server.ts'

/** Something hard that a person may send; answers what came of it, to be told. */
/** What a hostile input knows of the server. */
export type Attacked = Pick<Server, 'url' | 'ask'>

type Hostile = (server: Attacked) => Promise<string>

const brand = '/api/v1/brands/own'

async function send(server: Attacked, path: string, body: unknown, method = 'POST'): Promise<string> {
  const form = body instanceof FormData
  const response = await fetch(`${server.url}${brand}${path}`, {
    method,
    body: form ? body : JSON.stringify(body),
    ...(form ? {} : { headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  if (response.ok) return String(response.status)
  const { code } = z.object({ code: z.string() }).parse(JSON.parse(text))
  return `${response.status} ${code}`
}

/** How often each answer came. */
function counted(answers: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  return [...counts].map(([answer, count]) => `${answer}${count > 1 ? ` (${count})` : ''}`).join(', ')
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Two hundred sums over the orders of everybody; `nth` makes each a question of its own. */
const sums = (nth: number) => ({
  kind: 'all',
  of: times(4, (group) => ({
    kind: 'any',
    of: times(49, (at) => ({
      kind: 'events',
      event: 'order',
      measure: 'sum',
      op: 'gte',
      value: -1 - nth - group * 50 - at,
    })),
  })),
})

const turns = (depth: number): string =>
  depth === 0 ? '' : `{% for i in (1..100) %}${turns(depth - 1)}{% endfor %}`

const heavy = (id: string) =>
  sketch({
    id,
    nodes: { come: by.event('heavy'), say: by.sms(`${turns(3)}您好`), done: by.exit() },
    flow: ['come -> say', 'say -> done'],
  })

/** Waits in a row. */
function row(id: string, length: number) {
  const steps = Object.fromEntries(times(length, (at) => [`n${at}`, by.rest('1 hour')]))
  return sketch({
    id,
    nodes: { come: by.hand(), ...steps, done: by.exit() },
    flow: ['come -> n0', ...times(length, (at) => `n${at} -> ${at + 1 < length ? `n${at + 1}` : 'done'}`)],
  })
}

/** Messages in a row, of which each is rendered for a preview. */
function talk(length: number) {
  const steps = Object.fromEntries(times(length, (at) => [`n${at}`, by.sms(`${turns(3)}第${at}条`)]))
  return sketch({
    id: 'talk',
    nodes: { come: by.hand(), ...steps, done: by.exit() },
    flow: ['come -> n0', ...times(length, (at) => `n${at} -> ${at + 1 < length ? `n${at + 1}` : 'done'}`)],
  })
}

const madeSchema = z.object({ journey: z.object({ id: z.string() }), revision: z.int() })

/** The largest journey in a row that is taken. */
async function saved(server: Attacked): Promise<string> {
  for (const length of [8000, limits.journeyNodes.value - 2]) {
    const file = JSON.stringify(row(`row-${length}`, length))
    const response = await fetch(`${server.url}${brand}/journeys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file }),
    })
    if (!response.ok) continue
    const { journey, revision } = madeSchema.parse(await response.json())
    const checked = await send(server, `/journeys/${journey.id}/check`, {})
    const published = await send(server, `/journeys/${journey.id}/publish`, { revision })
    return `${length} nodes, check ${checked}, publish ${published}`
  }
  return 'none is taken'
}

function upload(text: string, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([text]), 'hostile.csv')
  return form
}

/** A journey that runs with everybody in it. */
async function filled(server: Attacked, id: string): Promise<string> {
  const made = madeSchema.parse(
    await server.ask('POST', 'own/journeys', { file: JSON.stringify(row(id, 2)) }),
  )
  const journey = made.journey.id
  await send(server, `/journeys/${journey}/publish`, { revision: made.revision })
  await send(server, `/journeys/${journey}/enter`, { customerIds: times(20_000, memberId) })
  return journey
}

/** The same draft is saved over and over, each time with another word in it. */
async function savedAgain(server: Attacked, nodes: number, often: number): Promise<string> {
  const draft = row(`draft-${nodes}`, nodes)
  let made = madeSchema.parse(await server.ask('POST', 'own/journeys', { file: JSON.stringify(draft) }))
  const answers: string[] = []
  for (let nth = 0; nth < often; nth += 1) {
    const journey = { ...draft, id: made.journey.id, name: { en: `Draft ${nth}` } }
    const body = { revision: made.revision, journey }
    made = madeSchema.parse(await server.ask('PUT', `own/journeys/${made.journey.id}/draft`, body))
    answers.push('200')
  }
  return counted(answers)
}

async function runningImports(server: Attacked): Promise<number> {
  const { imports } = z
    .object({ imports: z.array(z.object({ state: z.string() })) })
    .parse(await server.ask('GET', 'own/imports'))
  return imports.filter(({ state }) => state === 'running').length
}

/** What may hold others up, each as far as it is taken at all. */
export const hostileInputs: Readonly<Record<string, Hostile>> = {
  'nothing at all': async () => {
    await new Promise((resolve) => setTimeout(resolve, 8000))
    return '-'
  },
  'forty counts of 200 sums': async (server) =>
    counted(
      await Promise.all(times(40, (nth) => send(server, '/audiences/count', { condition: sums(nth) }))),
    ),
  'fifty previews of fifty messages with nested loops': async (server) =>
    counted(
      await Promise.all(
        times(50, () => send(server, '/preview', { journey: talk(50), customerId: memberId(1) })),
      ),
    ),
  'a preview and a rehearsal of thousands of nodes': async (server) => {
    const journey = row('row', 4000)
    return counted([
      await send(server, '/preview', { journey, customerId: memberId(1) }),
      await send(server, '/rehearsals', {
        journey,
        assume: 'backtest',
        people: { customers: [memberId(1)] },
      }),
    ])
  },
  'publishing the largest journey': saved,
  'a file of 300,000 columns': async (server) => {
    const header = times(300_000, (at) => `c${at}`).join(',')
    return send(server, '/imports/inspect', upload(`${header}\n${header}\n`))
  },
  'a line of 60 MB': async (server) => send(server, '/imports/inspect', upload('x'.repeat(60_000_000))),
  'forty imports at once': async (server) => {
    const rows = times(20_000, (nth) => `h${nth},客人${nth}`).join('\n')
    const fields = { kind: 'customers', mapping: '{"customer_id":"customer_id","name":"name"}' }
    const answers = await Promise.all(
      times(40, () => send(server, '/imports', upload(`customer_id,name\n${rows}\n`, fields))),
    )
    while ((await runningImports(server)) > 0) await new Promise((resolve) => setTimeout(resolve, 500))
    return counted(answers)
  },
  'a million loop turns for forty people, live': async (server) => {
    const made = madeSchema.parse(
      await server.ask('POST', 'own/journeys', { file: JSON.stringify(heavy('heavy')) }),
    )
    const published = await send(server, `/journeys/${made.journey.id}/publish`, { revision: made.revision })
    const events = times(40, (nth) => ({
      id: `heavy-${nth}`,
      customerId: memberId(nth),
      name: 'heavy',
      at: new Date().toISOString(),
    }))
    const taken = await send(server, '/events', { events })
    await new Promise((resolve) => setTimeout(resolve, 5000))
    return `publish ${published}, events ${taken}`
  },
  'twenty thousand who enter by hand': async (server) => {
    const journey = row('many', 2)
    const made = madeSchema.parse(await server.ask('POST', 'own/journeys', { file: JSON.stringify(journey) }))
    const { id } = made.journey
    await send(server, `/journeys/${id}/publish`, { revision: made.revision })
    return send(server, `/journeys/${id}/enter`, { customerIds: times(20_000, memberId) })
  },
  'audiences of audiences': async (server) => {
    const answers: string[] = []
    for (const [at, of] of times(8, (nth) => times(7, () => nth - 1)).entries()) {
      const condition =
        at === 0
          ? { kind: 'attribute', name: 'tier', op: 'eq', value: '金卡' }
          : { kind: 'any', of: of.map((one) => ({ kind: 'audience', audience: `a${one}`, member: true })) }
      answers.push(await send(server, '/audiences', { key: `a${at}`, name: { en: `A ${at}` }, condition }))
    }
    const lists = await Promise.all(times(10, async () => fetch(`${server.url}${brand}/audiences`)))
    return counted([...answers, ...lists.map(({ status }) => `list ${status}`)])
  },
  'a search for nobody, forty times': async (server) => {
    const lists = await Promise.all(
      times(40, (nth) => fetch(`${server.url}${brand}/customers?search=nobody${nth}`)),
    )
    return counted(lists.map(({ status }) => String(status)))
  },
  'a blacklist of 300,000 lines': async (server) => {
    const text = times(300_000, (nth) => `1${3_000_000_000 + nth}`).join('\n')
    return send(server, '/blacklist/csv', { text })
  },
  'a field declared anew, ten times': async (server) => {
    const answers: string[] = []
    for (const type of times(10, (nth) => (nth % 2 === 0 ? 'text' : 'number')))
      answers.push(await send(server, '/attributes/tier', { type, format: null }, 'PUT'))
    return counted(answers)
  },
  'the largest draft, saved over and over': (server) => savedAgain(server, limits.journeyNodes.value - 2, 20),
  'forty test sends of nested loops': async (server) => {
    const journey = talk(50)
    const send40 = times(40, () =>
      send(server, '/test-send', { journey, node: 'n49', customerId: memberId(1), to: '13800000001' }),
    )
    return counted(await Promise.all(send40))
  },
  'stopping a journey with everybody in it': async (server) => {
    const id = await filled(server, 'stopped')
    return send(server, `/journeys/${id}/stop`, {})
  },
  'the figures of operators, two hundred times': async (server) => {
    const answers = await Promise.all(times(200, () => fetch(`${server.url}/metrics`)))
    return counted(answers.map(({ status }) => String(status)))
  },
}
