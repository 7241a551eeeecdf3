import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TimelineEntry, TimelinePage } from '../../../shared/api/timeline.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

const minute = 60_000
let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const page = async (query = '') =>
  (await server.ask<TimelinePage>('GET', `/customers/m1/timeline${query}`)).body
const titles = (entries: readonly TimelineEntry[]) => entries.map(({ kind, title }) => `${kind} ${title}`)

/** All pages, each of so many. */
async function read(limit: number, query = ''): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = []
  for (let next: string | null = ''; next !== null; ) {
    const got: TimelinePage = await page(`?limit=${limit}${query}${next === '' ? '' : `&before=${next}`}`)
    all.push(...got.entries)
    next = got.next
  }
  return all
}

async function lived() {
  const journey = giftJourney('您的礼盒已备好')
  await publishJourney(server, { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } })
  await server.ask('PUT', '/customers/m1', { name: '王芳', phone: '13800000001', consentSms: true })
  await server.ask('POST', '/journeys/gift/enter', { customerIds: ['m1'] })
  await server.own.settle()
  const events = ['page_viewed', 'page_viewed', 'add_to_cart', 'order', 'quiz_answered'].map(
    (name, index) => ({
      customerId: 'm1',
      event: {
        ...{ id: `e${index}`, name, at: startAt - 10 * minute, amount: name === 'order' ? 9900 : null },
        properties: { title: `七夕礼盒 ${index}` },
      },
    }),
  )
  await server.own.ingest(events)
}

test('a story is read in pages of any size, each entry once and in one order', async () => {
  await lived()
  const whole = await read(50)
  expect(new Set(whole.map(({ kind }) => kind))).toEqual(
    new Set(['message', 'step', 'event', 'consent', 'edit']),
  )
  expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((a, b) => b - a))
  for (const limit of [1, 2, 3, 7]) expect(await read(limit)).toEqual(whole)
})

test('it is filtered by kinds', async () => {
  await lived()
  expect(titles(await read(2, '&kinds=visits'))).toEqual(['event page_viewed', 'event page_viewed'])
  expect(titles(await read(2, '&kinds=orders,messages'))).toEqual(
    expect.arrayContaining(['event order', 'message sms']),
  )
  expect(new Set((await read(2, '&kinds=events')).map(({ title }) => title))).toEqual(
    new Set(['add_to_cart', 'quiz_answered']),
  )
  expectProblem(await server.ask('GET', '/customers/m1/timeline?kinds=gossip'), 400, 'invalid-request')
  expectProblem(await server.ask('GET', '/customers/m1/timeline?before=yesterday'), 400, 'invalid-request')
})

test('and by a time, of which the first moment counts and the last does not', async () => {
  await lived()
  const at = startAt - 10 * minute
  expect(await read(2, `&kinds=visits&from=${at}&to=${at + 1}`)).toHaveLength(2)
  expect(await read(2, `&kinds=visits&from=${at + 1}`)).toEqual([])
  expect(await read(2, `&kinds=visits&to=${at}`)).toEqual([])
  expect((await read(1, `&kinds=visits&to=${at + 1}`)).length).toBe(2)
})

test.each([
  ['what a message says', '礼盒已备', ['message sms']],
  ['what an event carries', '礼盒 4', ['event quiz_answered']],
  ['an event by its name in words', '加购', ['event add_to_cart']],
  ['a node by its name', 'greet', ['message sms']],
  ['a sign that SQL would read', '100%_', []],
])('it is searched by %s', async (_, search, expected) => {
  await lived()
  const found = titles(await read(3, `&kinds=messages,events&search=${encodeURIComponent(search)}`))
  expect(found.filter((one) => expected.length === 0 || expected.includes(one))).toEqual(expected)
})

test('an edit tells who made it, and a stranger has no story', async () => {
  await lived()
  const [edit] = await read(5, '&kinds=edits')
  expect(edit).toMatchObject({ title: 'customer.saved', actor: { kind: 'person' } })
  expectProblem(await server.ask('GET', '/customers/nobody/timeline'), 404, 'not-found')
})
