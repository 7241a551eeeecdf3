import { apiOf, publishTemplate } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

test.beforeAll(async ({ server }) => {
  const demo = apiOf(server.url, 'demo')
  await publishTemplate(demo, 'qixi-gift-box')
  await demo.post('/clock/advance', { by: 'day' })
})

test('answers for a customer on the phone, and finds that customer unsubscribed', async ({ marketer }) => {
  const { page, phone } = marketer
  await marketer.open('/demo/journeys')
  await marketer.openPhone()
  const sender = phone.locator('p').getByRole('button').last()
  await sender.click()
  const name = await phone.locator('header div').first().textContent()
  await phone.getByText(/离七夕还有两周/).waitFor()
  const id = (await phone.locator('.ant-select').textContent())?.split('·').at(-1)?.trim() ?? ''
  expect(id).not.toBe('')
  await marketer.go(`/demo/customers/${id}`)
  await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()

  await phone.getByLabel('替客户写一句回复').fill('T')
  await marketer.press('发送', phone)
  await phone.getByText('T', { exact: true }).waitFor()
  await marketer.see('已退订').waitFor()
  await marketer.see('客户回复').waitFor()

  // The rest of the journey passes by without another message.
  const messages = await page.getByText('已送达').count()
  await marketer.advance('+7 天', '+7 天')
  await marketer.open(`/demo/customers/${id}`)
  await marketer.see('没有发送：客户已退订这个渠道').waitFor()
  expect(await page.getByText('已送达').count()).toBe(messages)
})
