import { customerList } from '../../shared/api/customers.ts'
import { apiOf } from './harness/api.ts'
import { Form } from './harness/form.ts'
import { test as base, expect } from './harness/index.ts'

const test = base.extend('members', { scope: 'file' }, 200)

const name = (zh: string, en = zh) => ({ 'zh-CN': zh, en })
const word = (title: string, text: string) => ({
  ...{ type: 'send', name: name(title) },
  config: { channel: 'sms', purpose: 'service', text: { 'zh-CN': text } },
})

/** A message with a code, a week in which it may be used, and thanks; the step that hands the code out is yet to be drawn. */
const thanksJourney = {
  ...{ format: 1, id: 'thanks', name: name('用券致谢', 'Thanks') },
  nodes: {
    picked: { type: 'manual', name: name('名单', 'List'), config: {} },
    tell: word('发券码', '您的券码 {{ coupon.code }}，{{ coupon.terms }}，{{ coupon.left }}'),
    used: {
      ...{ type: 'wait_event', name: name('等用券', 'Used?') },
      config: { filter: { event: 'coupon_redeemed' }, limit: { amount: 7, unit: 'day' } },
    },
    thanks: word('致谢', '谢谢您用了券，欢迎再来'),
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  },
  edges: {
    picked: { entered: 'tell' },
    tell: { sent: 'used', not_sent: 'done' },
    used: { happened: 'thanks', timeout: 'done' },
    thanks: { sent: 'done', not_sent: 'done' },
  },
  layout: Object.fromEntries(
    ['picked', 'tell', 'used', 'thanks', 'done'].map((id, row) => [id, { x: 0, y: row * 170 }]),
  ),
}

test('fills a pool, hands its codes out in a journey, and sees the customer use one at the till', async ({
  marketer,
  server,
}) => {
  const { canvas, page, phone } = marketer
  const demo = apiOf(server.url, 'demo')
  await marketer.open('/demo/coupons/new-coupon')
  const form = new Form(page, page.locator('main'))
  await form.fill('券名', '老客回礼券')
  await marketer.at('coupon-key').fill('thanks')
  await form.fill('减多少', '20')
  await form.fill('发出后几天', '7')
  await marketer.at('save-coupon').click()
  await page.waitForURL('**/demo/coupons/thanks')

  // By a file of the shop, of which one line is no code; then one more is made.
  const file = { name: 'codes.csv', mimeType: 'text/csv', buffer: Buffer.from('code\nGIFT-0001\n!!\n') }
  await page.locator('main input[type="file"]').setInputFiles(file)
  await marketer.at('codes-added').getByText('加入了 1 个券码，池里现有 1 个').waitFor()
  await marketer
    .at('codes-added')
    .getByText(/第 3 行/)
    .waitFor()
  await form.fill('数量', '1')
  await marketer.at('make-codes').click()
  await marketer.at('codes-added').getByText('加入了 1 个券码，池里现有 2 个').waitFor()
  await marketer.go('/demo/coupons')
  await marketer
    .at('coupons-low')
    .getByText(/老客回礼券/)
    .waitFor()

  await demo.post('/journeys', { file: JSON.stringify(thanksJourney) })
  await marketer.open('/demo/journeys/thanks')
  await canvas.opened()
  await canvas.tool('看全图')
  await canvas.dropOnLine('coupon', 'picked.entered')
  await canvas.inspector.locator('.ant-segmented-item').filter({ hasText: '从券列表选' }).click()
  await marketer.at('coupon-select').click()
  await page.locator('.ant-select-item-option').filter({ hasText: '老客回礼券' }).click()
  await canvas.tool('自动整理')
  await canvas.tool('看全图')
  await canvas.connect('coupon-1.none_left', 'done')
  await canvas.connect('coupon-1.not_issued', 'done')
  await canvas.saved()

  // Three are to get one of two codes: the rehearsal says so before anybody goes without.
  const { customers } = customerList.parse(await demo.get('/customers?limit=3'))
  const ids = customers.map(({ id }) => id)
  await marketer.at('rehearse').click()
  await marketer.at('rehearsal-ids').fill(ids.join('\n'))
  await marketer.press('开始彩排')
  await marketer.at('rehearsal-coupons').getByText('发券 3 张 · 券码差 1 个').waitFor()
  await marketer.at('rehearsal-coupons').click()
  await marketer.at('rehearsal-coupon-list').getByRole('link', { name: '老客回礼券' }).waitFor()
  await marketer.press('收起彩排')

  await marketer.at('publish').click()
  await marketer.at('publish-confirm').click()
  await marketer.see('v1 运行中').waitFor()
  await canvas.select('picked')
  await marketer.at('manual-ids').fill(ids[0] ?? '')
  await marketer.at('manual-enter').click()
  await expect.poll(() => marketer.at('manual-ids').inputValue()).toBe('')
  await marketer.advance('+1 小时')

  await marketer.openPhone()
  await phone.locator('p').getByRole('button').last().click()
  await phone.getByText(/您的券码 GIFT-0001，减 ¥20，还剩 7 天/).waitFor()
  const ticket = marketer.at('phone-coupon-GIFT-0001')
  await ticket.getByText('减 ¥20').waitFor()
  await marketer.press('到店使用', ticket)
  await ticket.getByText('已核销').waitFor()
  await marketer.advance('+1 小时')
  await phone.getByText('谢谢您用了券，欢迎再来').waitFor()

  await marketer.go('/demo/coupons')
  const row = marketer.at('coupons-table').getByRole('row', { name: /老客回礼券/ })
  await expect
    .poll(() => row.getByRole('cell').allTextContents())
    .toEqual(expect.arrayContaining(['1', '100%']))
  await marketer.go('/demo/coupons/thanks')
  await marketer.at('held-codes').getByRole('cell', { name: 'GIFT-0001' }).waitFor()
  await marketer.at('held-codes').getByText('已核销').waitFor()
})
