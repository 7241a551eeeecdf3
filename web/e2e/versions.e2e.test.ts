import { customerList } from '../../shared/api/customers.ts'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { apiOf } from './harness/api.ts'
import { expect, type Marketer, test } from './harness/index.ts'

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** A slip of the pen in what everybody is to get tomorrow. */
const slip = {
  format: 1,
  id: 'slip',
  name: name('错字', 'A slip'),
  nodes: {
    picked: { type: 'manual', name: name('名单', 'List'), config: {} },
    rest: {
      type: 'wait',
      name: name('等一天', 'A day'),
      config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
    },
    hello: {
      type: 'send',
      name: name('提醒', 'Reminder'),
      config: { channel: 'in_app', purpose: 'service', text: { 'zh-CN': '只剩三填' } },
    },
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  },
  edges: {
    picked: { entered: 'rest' },
    rest: { done: 'hello' },
    hello: { sent: 'done', not_sent: 'done' },
  },
  layout: Object.fromEntries(
    ['picked', 'rest', 'hello', 'done'].map((id, row) => [id, { x: 0, y: row * 150 }]),
  ),
}

const waiting = (marketer: Marketer, id: string) =>
  expect.poll(() => marketer.at(`figures-${id}`).textContent())

test('corrects a text with people in flight, then takes their node away and says where they go', async ({
  marketer,
  server,
}) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  const ids = customerList.parse(await demo.get('/customers?limit=6')).customers.map(({ id }) => id)
  const made = journeyAnswer.parse(await demo.post('/journeys', { file: JSON.stringify(slip) }))
  await demo.post('/journeys/slip/publish', { revision: made.revision })
  await demo.post('/journeys/slip/enter', { customerIds: ids })
  await marketer.open('/demo/journeys/slip')
  await canvas.opened()
  await waiting(marketer, 'rest').toMatch(/等待中 6/)

  // Words alone: everybody gets the corrected ones, and nobody drops out of the figures.
  await canvas.select('hello')
  await canvas.inspector.getByText('只剩三填').first().waitFor()
  const text = canvas.inspector.locator('textarea, [contenteditable="true"]').first()
  await text.fill('只剩三天')
  await canvas.saved()
  await marketer.at('publish').click()
  await marketer.see('只改了文字').waitFor()
  await marketer.at('publish-earlier').getByText('旧版本里还有 6 人').waitFor()
  await marketer.at('standing-1-rest').getByText('继续等，起点不变').waitFor()
  await marketer.at('publish-confirm').click()
  await marketer.see('已发布 v2，6 人转入新版本').waitFor()
  await waiting(marketer, 'rest').toMatch(/等待中 6/)

  // A node that is gone: there is no button until somebody has said where its people go.
  await canvas.card('rest').click()
  await page.keyboard.press('Delete')
  await canvas.connect('picked.entered', 'hello')
  await marketer.see('校验通过').waitFor()
  await canvas.saved()
  await marketer.at('publish').click()
  await marketer.at('fate-of-2-rest').waitFor()
  expect(await marketer.at('publish-confirm').isDisabled()).toBe(true)
  await marketer.at('fate-of-2-rest').click()
  await page.locator('.ant-select-item-option').filter({ hasText: '转到「提醒」' }).click()
  await marketer.at('publish-confirm').click()
  await marketer.see('已发布 v3，6 人转入新版本').waitFor()
  await waiting(marketer, 'hello').toMatch(/6/)

  // What differs, and the way back.
  await marketer.at('version-compare').click()
  await marketer.at('difference').waitFor()
  await marketer.at('changes').getByText('两者意思相同').waitFor()
  await page.keyboard.press('Escape')
  await marketer.at('difference').waitFor({ state: 'detached' })
  await marketer.at('version-switch').click()
  await page.locator('.ant-select-item-option').filter({ hasText: 'v1 ·' }).click()
  await marketer.at('version-restore').click()
  await marketer.see('v1 已取回为草稿').waitFor()
  await canvas.card('rest').waitFor()
})
