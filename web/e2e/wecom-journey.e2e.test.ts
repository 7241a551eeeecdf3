import { customerList } from '../../shared/api/customers.ts'
import { apiOf } from './harness/api.ts'
import { type Marketer, test } from './harness/index.ts'

/** Where each node is dropped: the item of the palette, and its place. */
const nodes = [
  ['event', 200, 85],
  ['branch', 200, 150],
  ['send-greeting', 120, 215],
  ['send-greeting', 340, 215],
  ['wait_event', 200, 280],
  ['coupon', 200, 345],
  ['send-wecom', 200, 410],
  ['wait_event', 200, 475],
  ['wait', 200, 540],
  ['send-wecom', 200, 605],
  ['exit', 430, 670],
] as const

const lines = [
  ['event-1.entered', 'branch-1'],
  ['branch-1.yes', 'greeting-1'],
  ['branch-1.otherwise', 'greeting-2'],
  ['greeting-1.sent', 'wait-event-1'],
  ['greeting-1.not_sent', 'wait-event-1'],
  ['greeting-2.sent', 'wait-event-1'],
  ['greeting-2.not_sent', 'wait-event-1'],
  ['wait-event-1.happened', 'exit-1'],
  ['wait-event-1.timeout', 'coupon-1'],
  ['coupon-1.issued', 'wecom-1'],
  ['coupon-1.not_issued', 'exit-1'],
  ['wecom-1.sent', 'wait-event-2'],
  ['wecom-1.not_sent', 'wait-event-2'],
  ['wait-event-2.happened', 'wait-1'],
  ['wait-event-2.timeout', 'exit-1'],
  ['wait-1.done', 'wecom-2'],
  ['wecom-2.sent', 'exit-1'],
  ['wecom-2.not_sent', 'exit-1'],
] as const

async function write({ canvas, page }: Marketer, id: string, name: string, text: string): Promise<void> {
  await canvas.select(id)
  await canvas.rename(name)
  await canvas.inspector.getByTestId('text-text').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

/** Presses send for an employee who has not yet, and finds the message on the customers' side. */
async function confirm(marketer: Marketer, text: string): Promise<void> {
  const { page, phone } = marketer
  await phone.getByTitle('员工', { exact: true }).click()
  const task = marketer
    .at('employee-tasks')
    .locator('li')
    .filter({ hasText: text, has: page.getByRole('button') })
  await task.first().getByRole('button', { name: '发送', exact: true }).click()
  await page.getByText('已替员工点了发送').waitFor()
  await phone.getByTitle('客户', { exact: true }).click()
  await phone.getByText(text).first().waitFor()
}

test('greets new friends in WeCom by source, and gives the silent ones a coupon that their employee sends', async ({
  marketer,
  server,
}) => {
  const { canvas, phone } = marketer
  const { form } = canvas
  await marketer.open('/demo/journeys')
  await marketer.at('begin-blank').click()
  await marketer.at('journey-name').fill('新好友')
  await marketer.press('去画布')
  await canvas.opened()
  for (let step = 0; step < 6; step += 1) await canvas.tool('缩小')
  for (const [item, x, y] of nodes) await canvas.drop(item, { x, y })
  for (const [port, to] of lines) await canvas.connect(port, to)

  await canvas.select('event-1')
  await form.find('行为', '加企微好友')
  await canvas.select('branch-1')
  await form.addTest('进入时的事件')
  await form.find('内容', 'source')
  await form.fill('值', '门店')
  await canvas.select('wait-event-1')
  await form.find('行为', '回复消息')
  await marketer.press('再等一件', canvas.inspector)
  await form.find('行为', '点击消息', 1)
  await marketer.press('再等一件', canvas.inspector)
  await form.find('行为', '下单', 2)
  await form.fill('数量', '3')
  await form.choose('单位', '天')
  await canvas.select('wait-event-2')
  await form.find('行为', '用券')
  await form.fill('数量', '7')
  await form.choose('单位', '天')
  await canvas.select('wait-1')
  await form.pick('等到什么时候', '一段时间')
  await form.fill('数量', '1')
  await form.choose('单位', '天')
  await write(marketer, 'greeting-1', '门店欢迎语', '很高兴在店里认识您。')
  await write(marketer, 'greeting-2', '欢迎语', '您好，我是您的专属顾问。')
  await write(marketer, 'wecom-1', '送券', '新好友礼券送您：')
  await form.menu(canvas.inspector.getByTestId('insert-variable'), '券码')
  await write(marketer, 'wecom-2', '道谢', '谢谢您的订单，欢迎写几句评价。')
  await marketer.see('校验通过').waitFor()

  await canvas.saved()
  await marketer.at('publish').click()
  await marketer.at('publish-confirm').click()
  await marketer.see('v1 运行中').waitFor()
  const api = apiOf(server.url, 'demo')
  const { customers } = customerList.parse(await api.get('/customers?limit=12'))
  const events = customers.map(({ id }) => ({
    ...{ id: `scanned-${id}`, customerId: id, name: 'wecom_friend_added' },
    properties: { source: '门店' },
  }))
  await api.post('/events', { events })
  await marketer.openPhone()
  await marketer.phone.getByText('很高兴在店里认识您。').first().waitFor()
  await marketer.advance('+1 天', '+1 天', '+1 天')
  await confirm(marketer, '新好友礼券送您：')
  await phone.locator('p').getByRole('button').last().click()
  await marketer.press('到店使用', phone.getByTestId(/^phone-coupon-/).first())
  await marketer.see('已在收银台用掉').waitFor()
  // A day after that, and by the next noon their employee has pressed send without being asked to.
  await marketer.advance('+1 天', '+1 天')
  await phone.getByText('谢谢您的订单，欢迎写几句评价。').first().waitFor()
})
