import { customerList } from '../../shared/api/customers.ts'
import { rehearsalAnswer } from '../../shared/api/rehearsal.ts'
import { type Api, apiOf } from './harness/api.ts'
import { expect, type Marketer, test } from './harness/index.ts'

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

/** A service message in the app, which nothing but an erased customer holds back. */
function word(zh: string, en: string, text: string) {
  const config = { channel: 'in_app', purpose: 'service', text: { 'zh-CN': text } }
  return { type: 'send', name: name(zh, en), config }
}

/** Two words a day apart, and the second of them in a node of its own that a later version has no more. */
const twoWords = {
  format: 1,
  id: 'two-words',
  name: name('两句话', 'Two words'),
  nodes: {
    picked: { type: 'manual', name: name('名单', 'List'), config: {} },
    first: word('第一句', 'First', '第一句：你好'),
    rest: {
      type: 'wait',
      name: name('等一天', 'A day'),
      config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
    },
    second: word('第二句', 'Second', '第二句：老朋友'),
    week: {
      type: 'wait',
      name: name('等一周', 'A week'),
      config: { until: { kind: 'duration', span: { amount: 1, unit: 'week' } } },
    },
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  },
  edges: {
    picked: { entered: 'first' },
    first: { sent: 'rest', not_sent: 'rest' },
    rest: { done: 'second' },
    second: { sent: 'week', not_sent: 'week' },
    week: { done: 'done' },
  },
  layout: Object.fromEntries(
    ['picked', 'first', 'rest', 'second', 'week', 'done'].map((id, row) => [id, { x: 0, y: row * 150 }]),
  ),
}

const make = (api: Api, journey: object) => api.post('/journeys', { file: JSON.stringify(journey) })

test('sees how far a rehearsal is, calls it off, and leaves another behind', async ({ marketer, server }) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  await make(demo, longWay)
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

test('pauses, lets go on, publishes anew while people are in flight, and stops', async ({
  marketer,
  server,
}) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  const ids = customerList.parse(await demo.get('/customers?limit=12')).customers.map(({ id }) => id)
  await make(demo, twoWords)
  await demo.post('/journeys/two-words/publish', { revision: 1 })
  await marketer.open('/demo/journeys/two-words')
  await canvas.opened()
  await canvas.tool('看全图')
  await sendIn(marketer, ids.slice(0, 8))
  const second = marketer.at('figures-second')
  await expect.poll(() => marketer.at('figures-rest').textContent()).toMatch(/等待中 8/)

  // Time passes a paused journey by; what is due comes when it goes on.
  await canvas.form.menu(marketer.at('journey-menu'), '暂停')
  await marketer.see('v1 已暂停').waitFor()
  await marketer.advance('+1 天', '+1 小时')
  expect(await second.textContent()).not.toMatch(/[1-9]/)
  await canvas.form.menu(marketer.at('journey-menu'), '恢复')
  await marketer.see('v1 运行中').waitFor()
  await expect.poll(() => second.textContent()).toMatch(/8/)

  // Whoever is in flight finishes in the version that was entered; the cards count all versions together.
  await sendIn(marketer, ids.slice(8, 10))
  await canvas.card('second').click()
  await page.keyboard.press('Delete')
  await canvas.connect('rest.done', 'week')
  await marketer.see('校验通过').waitFor()
  await canvas.saved()
  await marketer.at('publish').click()
  await marketer.at('publish-earlier').getByText('旧版本里还有 10 人').waitFor()
  await marketer.at('publish-confirm').click()
  await marketer.see('v2 运行中').waitFor()
  await sendIn(marketer, ids.slice(10))
  await expect.poll(() => marketer.at('figures-rest').textContent()).toMatch(/等待中 4/)
  await marketer.advance('+1 天', '+1 小时')
  await expect.poll(() => marketer.at('figures-week').textContent()).toMatch(/等待中 12/)
  expect(await canvas.card('second').count()).toBe(0)
  await choose(marketer, 'v1 · 10 人在途')
  await expect.poll(() => second.textContent()).toMatch(/10/)
  await expect.poll(() => marketer.at('figures-week').textContent()).toMatch(/等待中 10/)
  await marketer.at('version-back').click()
  await marketer.see('所有版本合计 · 12 人在途').waitFor()

  await canvas.form.menu(marketer.at('journey-menu'), '停止')
  const asked = page.getByRole('dialog')
  await asked.getByText('还有 12 人在途').waitFor()
  await marketer.press('停止', asked)
  await marketer.see('已停止，12 位客户离开了旅程').waitFor()
  await marketer.see('已停止').waitFor()
  await expect.poll(() => marketer.at('figures-week').textContent()).not.toMatch(/等待中 [1-9]/)
})

test('sends one message to a phone of one’s own', async ({ marketer, server }) => {
  const { canvas } = marketer
  const demo = apiOf(server.url, 'demo')
  await demo.post('/journeys', { template: 'qixi-gift-box' })
  await marketer.open('/demo/journeys/qixi-gift-box')
  await canvas.opened()
  await marketer.at('preview').click()
  const preview = marketer.page.getByRole('dialog')
  const text = await preview.locator('button[aria-pressed="true"] + *').textContent()
  await marketer.at('test-send-to').fill('13900000000')
  await marketer.at('test-send').click()
  await marketer.see('已送到屏幕上的手机').waitFor()
  await preview.locator('.ant-drawer-close').click()
  await marketer.openPhone()
  await marketer.phone
    .getByText(text ?? '')
    .first()
    .waitFor()
})

/** Sends customers in by the manual entry's form. */
async function sendIn(marketer: Marketer, ids: readonly string[]) {
  await marketer.canvas.select('picked')
  const list = marketer.at('manual-ids')
  await list.fill(ids.join('\n'))
  await marketer.at('manual-enter').click()
  await expect.poll(() => list.inputValue()).toBe('')
}

/** Looks at another version of the journey. */
async function choose(marketer: Marketer, version: string) {
  await marketer.at('version-switch').click()
  await marketer.page.locator('.ant-select-item-option').filter({ hasText: version }).click()
}

/** Waits for the counts of a progress line: `300 / 800`. */
async function progressOf(counts: { textContent(): Promise<string | null> }) {
  const [done, of] = ((await counts.textContent()) ?? '').replaceAll(',', '').split(' / ')
  return { done: Number(done), of: Number(of) }
}
