import { rehearsalAnswer } from '../../shared/api/rehearsal.ts'
import { type Api, apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** Everyone comes in and goes round for 1,000 hours: a rehearsal that takes its time. */
const longWay = {
  format: 1,
  id: 'long-way',
  name: name('走很久的旅程', 'A long way'),
  nodes: {
    everyone: {
      type: 'audience_at',
      name: name('所有会员', 'Every member'),
      config: {
        audience: { kind: 'attribute', name: 'phone', op: 'is_set' },
        at: { kind: 'cron', cron: '0 10 * * *' },
      },
    },
    hour: {
      type: 'wait',
      name: name('等一小时', 'An hour'),
      config: { until: { kind: 'duration', span: { amount: 1, unit: 'hour' } }, maxVisits: 1000 },
    },
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  },
  edges: { everyone: { entered: 'hour' }, hour: { done: 'hour', limit: 'done' } },
}

const make = (api: Api) => api.post('/journeys', { file: JSON.stringify(longWay) })

test('sees how far a rehearsal is, calls it off, and leaves another behind', async ({ marketer, server }) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  await make(demo)
  await marketer.open('/demo/journeys/long-way')
  await canvas.opened()
  await marketer.at('rehearse').click()
  const strip = marketer.at('rehearsal')
  const begin = async () => {
    const [asked] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith('/rehearsals')),
      marketer.press('开始彩排'),
    ])
    return rehearsalAnswer.parse(await asked.json()).id
  }
  const state = async (id: string) => rehearsalAnswer.parse(await demo.get(`/rehearsals/${id}`)).state
  const first = await begin()
  const { done, of } = await progressOf(strip.getByText(/^\d[\d,]* \/ \d/))
  expect(done).toBeLessThan(of)
  expect(await strip.getByRole('progressbar').getAttribute('value')).not.toBeNull()

  await marketer.at('rehearsal-cancel').click()
  await strip.getByRole('button', { name: '开始彩排' }).waitFor()
  await expect.poll(() => state(first)).toBe('cancelled')
  expect(await strip.getByRole('progressbar').count()).toBe(0)

  // Nobody would read the report of a canvas that was left.
  const second = await begin()
  await marketer.at('rehearsal-cancel').waitFor()
  await page.getByRole('link', { name: '客户', exact: true }).click()
  await expect.poll(() => state(second)).toBe('cancelled')
})

/** Waits for the counts of a progress line: `300 / 800`. */
async function progressOf(counts: { textContent(): Promise<string | null> }) {
  const [done, of] = ((await counts.textContent()) ?? '').replaceAll(',', '').split(' / ')
  return { done: Number(done), of: Number(of) }
}
