import { customerAnswer, customerList } from '../../shared/api/customers.ts'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

test('knows a customer on one page: shows the phone when asked, edits, withdraws a consent, and finds it all in the story', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const demo = apiOf(server.url, 'demo')
  const { customers } = customerList.parse(await demo.get('/customers?limit=50'))
  const all = await Promise.all(
    customers.map(async ({ id }) => customerAnswer.parse(await demo.get(`/customers/${id}`)).customer),
  )
  const one = all.find(
    ({ phone, consentSms, unsubscribed }) =>
      phone !== null && consentSms === true && unsubscribed.length === 0,
  )
  if (one?.phone == null) throw new Error('nobody of the demo agrees to be written to')
  const masked = `${one.phone.slice(0, 3)}****${one.phone.slice(-4)}`

  await marketer.open(`/demo/customers?search=${one.phone}`)
  await marketer.at(`customer-${one.id}`).click()
  await page.waitForURL(`**/demo/customers/${one.id}`)
  const profile = marketer.at('profile')
  await profile.getByText(masked).waitFor()
  expect(await page.locator('main').innerText()).not.toContain(one.phone)
  await profile.getByTestId('reveal-phone').click()
  await profile.getByText(one.phone).waitFor()

  await profile.getByTestId('edit-city').click()
  await marketer.at('fact-input').fill('景德镇')
  await marketer.at('fact-save').click()
  await profile.getByText('景德镇').waitFor()

  await marketer.at('consent-withdraw-sms').click()
  await marketer.at('consent-reason').fill('来电要求不再收到')
  await page.getByRole('dialog').getByRole('button', { name: '撤回同意' }).click()
  await marketer.at('reach').getByText('已退订').waitFor()

  await marketer.at('story-edits').click()
  const story = marketer.at('story')
  await story.getByText('登记撤回同意').waitFor()
  await story.getByText('修改客户资料').waitFor()
  await story.getByText('查看完整号码或邮箱').waitFor()
  await marketer.at('story-edits').click()
  await marketer.at('story-consents').click()
  await story.getByText('来电要求不再收到').first().waitFor()
  await expect.poll(() => story.getByText('修改客户资料').count()).toBe(0)

  await marketer.open('/demo/settings?tab=audit&action=customer.revealed')
  await marketer.at('audit-entries').getByText(one.id).first().waitFor()
})
