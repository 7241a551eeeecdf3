import { expect, type Form, type Marketer, test } from './harness/index.ts'

/** Where each node is dropped: the item of the palette, and its place. */
const nodes = [
  ['audience_at', 200, 85],
  ['goal', 430, 85],
  ['send', 200, 140],
  ['wait', 200, 195],
  ['branch', 200, 250],
  ['send', 430, 305],
  ['wait', 430, 360],
  ['branch', 430, 415],
  ['send', 430, 470],
  ['wait', 200, 525],
  ['branch', 200, 580],
  ['save_audience', 200, 635],
  ['exit', 200, 690],
] as const

const lines = [
  ['audience-at-1.entered', 'sms-1'],
  ['sms-1.sent', 'wait-1'],
  ['sms-1.not_sent', 'wait-1'],
  ['wait-1.done', 'branch-1'],
  ['branch-1.yes', 'wait-3'],
  ['branch-1.otherwise', 'sms-2'],
  ['sms-2.sent', 'wait-2'],
  ['sms-2.not_sent', 'wait-2'],
  ['wait-2.done', 'branch-2'],
  ['branch-2.yes', 'wait-3'],
  ['branch-2.otherwise', 'sms-3'],
  ['sms-3.sent', 'wait-3'],
  ['sms-3.not_sent', 'wait-3'],
  ['wait-3.done', 'branch-3'],
  ['branch-3.yes', 'save-audience-1'],
  ['branch-3.otherwise', 'exit-1'],
  ['save-audience-1.done', 'exit-1'],
] as const

/** Who bought in the 14 days before the last two festivals, and spent over 200 in the two years before. */
async function fillAudience(form: Form): Promise<void> {
  await form.addTest('下单次数')
  await form.choose('时间范围', '节日前后')
  await form.addTest('下单次数')
  await form.choose('看什么', '合计')
  await form.choose('怎样比较', '大于')
  await form.fill('值', '200')
  await form.choose('时间范围', '节日前后')
  await form.choose('哪一次', '这一次')
  await form.fill('再往前', '2')
  await form.choose('前后', '前', 2)
  await form.fill('天数', '14', 2)
}

/** Whoever has bought since coming in goes the first way. */
async function fillBought(marketer: Marketer, id: string): Promise<void> {
  const { canvas } = marketer
  await canvas.select(id)
  await canvas.form.addTest('下单次数')
  await canvas.form.choose('时间范围', '进入旅程后')
}

async function write(marketer: Marketer, id: string, name: string, text: string): Promise<void> {
  const { canvas } = marketer
  await canvas.select(id)
  await canvas.rename(name)
  const editor = canvas.inspector.getByTestId('text-text')
  await editor.click()
  await marketer.page.keyboard.press('Control+a')
  await marketer.page.keyboard.type(text)
}

test('draws the Qixi gift box on the empty canvas, publishes it and reads it on the phone', async ({
  marketer,
}) => {
  const { canvas, page } = marketer
  const { form } = canvas
  await marketer.open('/demo/journeys')
  await marketer.at('begin-blank').click()
  await marketer.at('journey-name').fill('七夕大礼盒')
  await marketer.press('去画布')
  await canvas.opened()
  await marketer.see('从一个入口开始').waitFor()
  for (let step = 0; step < 6; step += 1) await canvas.tool('缩小')
  for (const [item, x, y] of nodes) await canvas.drop(item, { x, y })
  expect(await canvas.cards().count()).toBe(nodes.length)
  await marketer.see(/\d+ 个问题/).waitFor()
  for (const [port, to] of lines) await canvas.connect(port, to)

  await canvas.select('audience-at-1')
  await fillAudience(form)
  await marketer.at('condition-count').waitFor()
  // Qixi comes each year, and a new journey lets nobody in twice: the canvas offers what fits.
  await marketer.at('propose-reentry').click()
  expect(await canvas.inspector.getByRole('status').first().textContent()).toBe('下一次：明天 10:00')
  await canvas.select('wait-1')
  await form.pick('等到什么时候', '节日前后')
  await canvas.select('wait-2')
  await form.pick('等到什么时候', '节日前后')
  await form.choose('前后', '当天')
  await canvas.select('wait-3')
  await form.pick('等到什么时候', '节日前后')
  await form.choose('前后', '后')
  await form.fill('天数', '1')
  await form.fill('时刻', '00:00')
  await fillBought(marketer, 'branch-1')
  await fillBought(marketer, 'branch-2')
  await canvas.select('branch-3')
  await form.addTest('下单次数')
  await form.choose('时间范围', '节日前后')
  await form.choose('哪一次', '这一次')
  await form.choose('前后', '当天', 0)
  await form.choose('前后', '后', 1)
  await form.fill('天数', '1')
  await canvas.select('save-audience-1')
  await form.fill('人群包的名字', '七夕当天买家')
  await form.fill('编号', 'qixi-buyers')
  await canvas.select('goal-1')
  await form.choose('什么时候做到才算', '节日的某几天')
  await write(marketer, 'sms-1', '节前两周', '，离七夕还有两周，礼盒已经备好。')
  await page.keyboard.press('Home')
  await form.menu(canvas.inspector.getByTestId('insert-variable'), '姓名')
  await canvas.inspector.getByTestId('text-text').locator('[data-source]').click()
  await form.fill('没有「姓名」时写', '亲爱的会员')
  await canvas.inspector
    .getByTestId('inspector-phone')
    .getByText(/^【鹊桥礼物】.+，离七夕还有两周/)
    .waitFor()
  await write(marketer, 'sms-2', '节前三天', '七夕还有三天，想说的话，我们替你送到。')
  await write(marketer, 'sms-3', '七夕当天', '七夕好，愿你惦记的人也惦记着你。')
  await marketer.see('校验通过').waitFor()

  await canvas.saved()
  await marketer.at('publish').click()
  await page.getByRole('dialog').getByText('3 处发送').waitFor()
  await marketer.at('publish-confirm').click()
  await marketer.see('v1 运行中').waitFor()
  const entered = marketer.at('figures-audience-at-1')
  expect(await entered.textContent()).toMatch(/进入 0|–/)
  await marketer.advance('+1 天')
  await expect.poll(() => entered.textContent()).toMatch(/进入 [1-9]/)
  await expect.poll(() => marketer.at('figures-wait-1').textContent()).toMatch(/等待中 [1-9]/)
  await marketer.openPhone()
  await marketer.phone
    .getByText(/^【鹊桥礼物】.+，离七夕还有两周，礼盒已经备好。拒收请回复R$/)
    .first()
    .waitFor()
  await marketer.advance('+7 天', '+7 天', '+1 天')
  await expect.poll(() => marketer.at('figures-save-audience-1').textContent()).toMatch(/已沉淀 [1-9]/)
  await expect.poll(() => marketer.at('figures-goal-1').textContent()).toMatch(/达成 [1-9]/)
  await marketer.phone
    .getByText(/愿你惦记的人也惦记着你/)
    .first()
    .waitFor()
})
