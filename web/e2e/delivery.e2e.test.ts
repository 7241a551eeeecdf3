import { apiOf } from './harness/api.ts'
import { test as base, expect } from './harness/index.ts'

const test = base.extend('members', { scope: 'file' }, 200)

const name = (text: string) => ({ 'zh-CN': text, en: text })

/** Sends one message to whoever is put in by hand. */
const noticeJourney = {
  ...{ format: 1, id: 'notice', name: name('到货通知') },
  nodes: {
    picked: { type: 'manual', name: name('放入'), config: {} },
    tell: {
      ...{ type: 'send', name: name('发短信') },
      config: { channel: 'sms', purpose: 'service', text: { 'zh-CN': '您订的商品到货了' } },
    },
    done: { type: 'exit', name: name('完成'), config: {} },
  },
  edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
}

test('pauses a channel, sees its messages wait, and lets them go', async ({ marketer, server }) => {
  const demo = apiOf(server.url, 'demo')
  const { journey, revision } = (await demo.post('/journeys', { file: JSON.stringify(noticeJourney) })) as {
    journey: { id: string }
    revision: number
  }
  await demo.post(`/journeys/${journey.id}/publish`, { revision })
  const { customers } = (await demo.get('/customers?limit=2')) as { customers: { id: string }[] }
  const customerIds = customers.map(({ id }) => id)

  await marketer.open('/demo/messages')
  await marketer.at('to-delivery').or(marketer.see('消息会记在这里')).first().waitFor()
  await marketer.open('/demo/delivery')
  await marketer.at('delivery-sms').waitFor()
  await marketer.at('pause-button-sms').click()
  expect(await marketer.at('pause-ok').isDisabled()).toBe(true)
  await marketer.at('pause-reason').fill('签名在报备')
  await marketer.at('pause-ok').click()
  await marketer.at('pause-sms').getByText('签名在报备').waitFor()

  await demo.post(`/journeys/${journey.id}/enter`, { customerIds })
  await expect.poll(() => marketer.at('waiting-sms').textContent()).toBe('2')
  expect(await marketer.at('sent-sms').textContent()).toBe('0')
  expect(await marketer.sideways()).toEqual([])

  // Whoever looks elsewhere is told too.
  await marketer.go(`/demo/journeys/${journey.id}`)
  await marketer.at('channels-paused').waitFor()
  await marketer.go('/demo/messages')
  await marketer.at('pause-sms').waitFor()

  await marketer.go('/demo/delivery')
  await marketer.at('continue-sms').click()
  await expect.poll(() => marketer.at('sent-sms').textContent(), { timeout: 30_000 }).toBe('2')
  expect(await marketer.at('waiting-sms').textContent()).toBe('0')
  await marketer.at('pause-sms').waitFor({ state: 'detached' })
})

test('sends a test by a channel to somebody’s phone', async ({ marketer, server }) => {
  const demo = apiOf(server.url, 'demo')
  const { customers } = (await demo.get('/customers?limit=1')) as { customers: { id: string }[] }
  await marketer.open('/demo/delivery')
  await marketer.at('test-in_app').click()
  expect(await marketer.at('test-ok').isDisabled()).toBe(true)
  await marketer.at('test-to').fill(customers[0]?.id ?? '')
  await marketer.at('test-ok').click()
  await marketer.at('test-answer').getByText('服务商接受了').waitFor()
})
