import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import { clockAnswer } from '../../shared/api/clock.ts'
import { audienceSummary } from '../../shared/api/customers.ts'
import { qixiCondition } from '../../shared/testing/qixi.ts'
import { type Api, apiOf } from './harness/api.ts'
import { drag, Form } from './harness/form.ts'
import { expect, type Marketer, test } from './harness/index.ts'

const data = resolve(fileURLToPath(new URL('../../../shared/data', import.meta.url)))
const absent = !existsSync(data)
const skipped = absent ? ' (skipped: ../shared/data is absent)' : ''

/** Both brands of data in one base: of the older one nothing falls into the windows of the newer. */
const bases = [
  { folder: 'cdnow', customers: '23570', orders: '69659', from: '1998-08-14T10:00:00+08:00', people: 760 },
  {
    folder: 'superstore-cn',
    customers: '790',
    orders: '4979',
    from: '2017-08-14T10:00:00+08:00',
    people: 112,
  },
] as const

async function bringIn(marketer: Marketer, folder: string, kind: 'customers' | 'orders'): Promise<string> {
  await marketer.open('/own/import')
  await marketer.page.locator('input[type=file]').setInputFiles(resolve(data, folder, `${kind}.csv`))
  await marketer.at(`start-import-${kind}`).click()
  await marketer.see(`${kind}.csv 导入好了`).waitFor({ timeout: 300_000 })
  return ((await marketer.at('count-imported').textContent()) ?? '').replaceAll(',', '')
}

/** Puts the clock of a brand in which nothing has happened yet to a day of its history. */
async function liveAt(own: Api, time: string): Promise<void> {
  const { settable } = clockAnswer.parse(await own.get('/clock'))
  expect(settable).toBe(true)
  await own.post('/clock/advance', { to: Date.parse(time) })
}

/** The drawer in which an audience is written. */
function drawerOf({ page }: Marketer): Locator {
  return page.getByRole('dialog')
}

const counted = (marketer: Marketer) =>
  expect.poll(() => marketer.at('condition-count').textContent(), { timeout: 60_000 })

test.skipIf(absent)(
  `builds the Qixi audiences of two real shops by hand${skipped}`,
  { timeout: 900_000 },
  async ({ marketer, server }) => {
    const own = apiOf(server.url, 'own')
    for (const { folder, customers, orders } of bases) {
      expect(await bringIn(marketer, folder, 'customers')).toBe(customers)
      expect(await bringIn(marketer, folder, 'orders')).toBe(orders)
    }
    for (const { folder, from, people } of bases) {
      await liveAt(own, from)
      await marketer.open('/own/audiences')
      await marketer.at('new-audience').first().click()
      const drawer = drawerOf(marketer)
      const form = new Form(marketer.page, drawer)
      await drawer.getByRole('textbox').first().fill(`七夕 ${folder}`)
      const editor = marketer.at('condition-editor')
      await drag(marketer.at('ask-orders'), editor.getByTestId('condition-add'))
      await form.choose('时间范围', '节日前后')
      await drag(marketer.at('ask-spent'), editor.getByTestId('condition-add'))
      await form.choose('怎样比较', '大于')
      await form.fill('值', '200')
      await form.choose('时间范围', '节日前后')
      await form.choose('哪一次', '这一次')
      await form.fill('再往前', '2')
      await form.choose('前后', '前', 1)
      await form.fill('天数', '14', 1)
      await counted(marketer).toBe(String(people))
      expect(await marketer.at('audience-said').textContent()).toContain('过去 2 年任一年的七夕前 14 天')
      await marketer.at('save-audience').click()
      await marketer.see(`「七夕 ${folder}」已保存`).waitFor()
      await drawer.waitFor({ state: 'hidden' })
      const saved = await own.post('/audiences', {
        key: `by-api-${folder}`,
        name: { 'zh-CN': `接口 ${folder}` },
        condition: qixiCondition,
      })
      expect(audienceSummary.parse(saved).size).toBe(people)
    }
  },
)

const city = (value: string) => ({ kind: 'attribute', name: 'city', op: 'eq', value })

/** The sentences of the tests, in their order. */
const sentences = (marketer: Marketer) =>
  marketer.at('condition-editor').locator('[data-part] button[aria-expanded]').allTextContents()

test('drags, moves by keys, copies, takes back: the condition says what is meant throughout', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const demo = apiOf(server.url, 'demo')
  const condition = {
    kind: 'all',
    of: [city('杭州'), city('苏州'), { kind: 'any', of: [city('宁波')] }],
  }
  await demo.post('/audiences', { key: 'towns', name: { 'zh-CN': '三个城市' }, condition })
  await marketer.open('/demo/audiences')
  await marketer.at('audience-towns').click()
  await marketer.at('edit-audience').click()
  const editor = marketer.at('condition-editor')
  await expect.poll(() => sentences(marketer)).toEqual(['城市是杭州', '城市是苏州', '城市是宁波'])
  const handle = (sentence: string) =>
    editor.locator('[data-part]', { hasText: sentence }).last().locator('[data-handle]')

  await drag(handle('苏州'), editor.getByText('城市是宁波'), { x: 20, y: 2 })
  await expect
    .poll(() => marketer.at('audience-said').textContent())
    .toContain('城市是杭州，并且（城市是苏州，或者城市是宁波）')
  await handle('苏州').press('Alt+ArrowDown')
  await expect.poll(() => sentences(marketer)).toEqual(['城市是杭州', '城市是宁波', '城市是苏州'])
  await page.keyboard.press('Alt+ArrowDown')
  await expect
    .poll(() => marketer.at('audience-said').textContent())
    .toContain('城市是杭州，并且城市是宁波，并且城市是苏州')

  await handle('杭州').focus()
  await page.keyboard.press('Control+c')
  await handle('苏州').focus()
  await page.keyboard.press('Control+v')
  await expect
    .poll(() => sentences(marketer))
    .toEqual(['城市是杭州', '城市是宁波', '城市是苏州', '城市是杭州'])
  await marketer.at('condition-undo').click()
  await expect.poll(() => sentences(marketer)).toEqual(['城市是杭州', '城市是宁波', '城市是苏州'])
  await handle('苏州').focus()
  await page.keyboard.press('Control+z')
  await expect
    .poll(() => marketer.at('audience-said').textContent())
    .toContain('（城市是宁波，或者城市是苏州）')

  await drag(marketer.at('ask-tag'), editor.getByText('城市是杭州'), { x: 20, y: 2 })
  await expect
    .poll(() => sentences(marketer))
    .toEqual(['选一个标签', '城市是杭州', '城市是宁波', '城市是苏州'])
  await handle('选一个标签').press('Delete')
  await expect.poll(() => sentences(marketer)).toEqual(['城市是杭州', '城市是宁波', '城市是苏州'])
})
