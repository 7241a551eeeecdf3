import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CustomerVisit, CustomerVisitPage } from '../../../shared/api/customer-visits.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { messageList } from '../../../shared/api/messages.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

type Did = readonly [secondsAgo: number, name: string, properties: Record<string, string | number>]

/** What the customer m1 did, told as any source tells it. */
async function tell(...did: readonly Did[]): Promise<void> {
  const events = did.map(([secondsAgo, name, properties], index) => ({
    ...{ id: `v${index}`, customerId: 'm1', name, at: new Date(startAt - secondsAgo * 1000).toISOString() },
    properties,
  }))
  expect((await server.ask('POST', '/events', { events })).status).toBeLessThan(300)
}

async function read(limit: number): Promise<CustomerVisit[]> {
  const all: CustomerVisit[] = []
  for (let next: string | null = ''; next !== null; ) {
    const query: string = `?limit=${limit}${next === '' ? '' : `&before=${next}`}`
    const { body } = await server.ask<CustomerVisitPage>('GET', `/customers/m1/visits${query}`)
    all.push(...body.visits)
    next = body.next
  }
  return all
}

const countsOf = async () => (await server.ask<CustomerAnswer>('GET', '/customers/m1')).body.counts

const box = 'https://shop.example/box'
const tea = 'https://shop.example/tea'

test('a visit is told with its page, how long it was seen and where it came from', async () => {
  await tell(
    [
      900,
      'page_viewed',
      { url: `${box}?utm_source=wechat`, title: '礼盒', referrer: 'https://mp.example/a' },
    ],
    [800, 'page_left', { url: `${box}?utm_source=wechat`, dwell: 95 }],
    [700, 'page_view', { product: '龙井', seconds: 12, source: '公众号' }],
    [600, 'product_viewed', { sku: 'T1' }],
    [500, 'add_to_cart', { product: '龙井' }],
  )
  expect(await read(20)).toMatchObject([
    { event: 'product_viewed', title: 'T1', url: null, seconds: null, source: null, referrer: null },
    { event: 'page_view', title: '龙井', seconds: 12, source: '公众号' },
    { title: '礼盒', seconds: 95, source: 'wechat', referrer: 'https://mp.example/a' },
  ])
  expect(await countsOf()).toEqual({ messages: 0, visits: 3 })
})

test('of two looks at one page each has its own time, on whichever page of the list it stands', async () => {
  await tell(
    [900, 'page_viewed', { url: tea }],
    [800, 'page_viewed', { url: box }],
    [790, 'page_left', { url: box, dwell: 10 }],
    [700, 'page_viewed', { url: tea }],
    [660, 'page_left', { url: tea, dwell: 40 }],
  )
  for (const limit of [1, 2, 20])
    expect((await read(limit)).map(({ url, seconds }) => [url, seconds])).toEqual([
      [tea, 40],
      [box, 10],
      [tea, null],
    ])
})

test('visits of one moment are each told once, in pages of any size; nobody has none', async () => {
  const views = Array.from(
    { length: 7 },
    (_, index): Did => [60, index % 2 ? 'page_view' : 'page_viewed', {}],
  )
  await tell(...views)
  const whole = await read(50)
  expect(new Set(whole.map(({ id }) => id)).size).toBe(7)
  for (const limit of [1, 2, 3]) expect(await read(limit)).toEqual(whole)
  expect((await server.ask<CustomerVisitPage>('GET', '/customers/m2/visits')).body.visits).toEqual([])
  expectProblem(await server.ask('GET', '/customers/nobody/visits'), 404, 'not-found')
})

test('the messages to a customer are counted, and their page has those alone', async () => {
  const journey = giftJourney('您的礼盒已备好')
  await publishJourney(server, { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } })
  await server.ask('POST', '/journeys/gift/enter', { customerIds: ['m1', 'm2'] })
  await server.own.settle()
  expect(await countsOf()).toEqual({ messages: 1, visits: 0 })
  const { messages } = messageList.parse((await server.ask('GET', '/messages?customer=m1')).body)
  expect(messages).toMatchObject([{ customerId: 'm1', channel: 'sms', node: 'greet' }])
})
