import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operators } from '../../../shared/conditions/schema.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

const phone = '13800001234'
const email = 'wang.fang@example.com'
/** Parts that a mask hides: 138****1234, w***@example.com. */
const parts = ['3800', '80000', '00001', 'wang.fang', 'fang@', 'ang.f']

let server: TestApp
/** Everybody to whom contacts are told masked, by what their requests have with them. */
const readers: Record<string, Record<string, string>> = { 'a page': { 'sec-fetch-site': 'same-origin' } }

beforeAll(async () => {
  server = await openTestApp()
  await server.ask('PUT', '/customers/c1', {
    ...{ name: '王芳', phone, email, consentSms: true, backup_phone: '13900005678' },
  })
  await server.ask('POST', '/events', {
    events: [
      {
        ...{ customerId: 'c1', id: 'e1', name: 'called_us', at: new Date(server.own.now()).toISOString() },
        properties: { about: `请回拨 ${phone} 或写信到 ${email}`, contact_phone: '13900005678' },
      },
    ],
  })
  await server.ask('POST', '/blacklist', { entries: [{ kind: 'phone', address: phone, reason: null }] })
  await server.ask('POST', '/audiences', {
    ...{ key: 'all', name: { en: 'All' } },
    condition: { kind: 'attribute', name: 'name', op: 'is_set' },
  })
  readers['a key without contacts'] = { authorization: `Bearer ${await keyFor(server, 'read_masked')}` }
})
afterAll(() => server.close())

const enc = encodeURIComponent
const customers =
  (more = '') =>
  (text: string) =>
    `/customers?search=${enc(text)}${more}`
const found = (path: string, text: string): number => {
  if (path.startsWith('/export')) return text.trim().split('\n').length - 1
  const { total, entries = [] } = JSON.parse(text)
  return total ?? entries.length
}

/** Every door that answers a text: who says the whole of a contact finds it, who says a part finds nobody. */
const searches: Readonly<Record<string, (text: string) => string>> = {
  'the list of customers': customers(),
  'the list in another order': customers('&sort=-registered_at'),
  'the people of an audience': customers('&audience=all'),
  'the people of an audience in another order': customers('&audience=all&sort=name'),
  'a file of customers': (text) => `/export/customers.csv?search=${enc(text)}`,
  'a file of an audience': (text) => `/export/customers.csv?audience=all&search=${enc(text)}`,
  'the blacklist': (text) => `/blacklist?search=${enc(text)}`,
  'the timeline of a customer': (text) => `/customers/c1/timeline?kinds=events&search=${enc(text)}`,
}

describe('whoever sees contacts masked learns none of their letters', () => {
  test.each(Object.entries(searches))('by %s', async (_, path) => {
    let asked = 0
    for (const headers of Object.values(readers)) {
      const find = async (text: string) => {
        const answer = await server.ask('GET', path(text), undefined, headers)
        if (answer.status === 403) return null
        expect(answer.status, answer.text).toBe(200)
        asked += 1
        return found(path(text), answer.text)
      }
      for (const part of parts) expect(await find(part), part).toBeOneOf([0, null])
    }
    expect(asked).toBeGreaterThan(0)
    // A program that is told them whole finds by parts as it always did.
    const parted = await server.ask('GET', path('3800'))
    expect(found(path('3800'), parted.text)).toBe(1)
  })

  test.each(Object.entries(searches).filter(([door]) => !door.includes('timeline')))(
    'and finds by the whole, by %s',
    async (_, path) => {
      for (const whole of [phone, '+86 138-0000-1234']) {
        const { text } = await server.ask('GET', path(whole), undefined, readers['a page'])
        expect(found(path(whole), text), whole).toBe(1)
      }
    },
  )

  test('by the timeline: what of an entry is told is found, and pages end where it does', async () => {
    const timeline = async (text: string) => {
      const path = `/customers/c1/timeline?search=${enc(text)}&limit=1`
      const { body } = await server.ask<{ entries: unknown[]; next: string | null }>(
        ...(['GET', path, undefined, readers['a page']] as const),
      )
      return [body.entries.length, body.next === null]
    }
    expect(await timeline('请回拨')).toEqual([1, true])
    expect(await timeline('138****1234')).toEqual([0, true])
    expect(await timeline('00001')).toEqual([0, true])
  })

  const tested = (name: string, op: string, value: unknown) => ({ kind: 'attribute', name, op, value })
  const count = (condition: object, headers = readers['a page']) =>
    server.ask<{ count: number }>('POST', '/audiences/count', { condition }, headers)

  test.each([
    ['a beginning longer than the mask shows', tested('phone', 'starts_with', '1380')],
    ['a part', tested('phone', 'contains', '0000')],
    ['what is before or behind in order', tested('phone', 'gte', '13800001000')],
    ['the name of a mailbox', tested('email', 'contains', 'fang')],
    ['the beginning of a mailbox', tested('email', 'starts_with', 'wa')],
    ['an attribute that is named so', tested('backup_phone', 'contains', '5678')],
    ['a test within others', { kind: 'all', of: [{ kind: 'not', of: tested('phone', 'contains', '0') }] }],
    [
      'a property of an event',
      {
        ...{ kind: 'events', event: 'called_us', measure: 'count', op: 'gte', value: 1 },
        where: [{ property: 'contact_phone', op: 'contains', value: '39' }],
      },
    ],
  ])('by a condition over %s', async (_, condition) => {
    for (const headers of Object.values(readers)) {
      const answer = await count(condition, headers)
      expectProblem(answer, 403, 'contact-part')
      expect(answer.body).toMatchObject({ place: 'condition' })
    }
    expect((await count(condition, {})).status).toBe(200)
  })

  test.each([
    ['whether there is one', tested('phone', 'is_set', undefined)],
    ['the whole', tested('phone', 'eq', phone)],
    ['one of several', tested('phone', 'in', [phone, '13900000000'])],
    ['the three digits that the mask shows', tested('phone', 'starts_with', '138')],
    ['the provider of a mailbox', tested('email', 'contains', '@example.com')],
  ])('and counts by %s', async (_, condition) => {
    for (const headers of Object.values(readers)) {
      const { status, body, text } = await count(condition, headers)
      expect(status, text).toBe(200)
      expect(body.count).toBeGreaterThan(0)
    }
  })

  test('by no operator that is not thought of here', () => {
    expect(operators).toHaveLength(12)
  })

  test.each([
    ['an attribute', 'field=attribute&name=backup_phone'],
    ['a column', 'field=attribute&name=phone'],
    ['a property', 'field=property&event=called_us&name=contact_phone'],
  ])('by values that are suggested of %s', async (_, query) => {
    const { status, body } = await server.ask(
      'GET',
      `/customers/values?${query}`,
      undefined,
      readers['a page'],
    )
    expect(status).toBe(200)
    expect(body).toEqual({ values: [], more: false })
  })

  test('by an order of customers', async () => {
    for (const sort of ['phone', '-email'])
      expect((await server.ask('GET', `/customers?sort=${sort}`, undefined, readers['a page'])).status).toBe(
        400,
      )
  })

  test('by what is refused', async () => {
    const { text } = await server.ask('PATCH', '/customers/c1', { phone: '138' }, readers['a page'])
    for (const part of ['00001', 'wang.fang']) expect(text).not.toContain(part)
  })

  test('by lists of values that are told of attributes', async () => {
    for (const path of ['/attributes', '/vocabulary', '/attributes/backup_phone/unreadable', '/quality']) {
      const { text } = await server.ask('GET', path, undefined, readers['a page'])
      for (const secret of [phone, email, '13900005678']) expect(text, path).not.toContain(secret)
    }
  })
})
