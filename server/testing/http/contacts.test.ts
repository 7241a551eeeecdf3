import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BlacklistEntry, CustomerAddress } from '../../../shared/api/addresses.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { keyRights } from '../../../shared/api/keys.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'
import { keyFor } from './keys.ts'

const phone = '13800001234'
const email = 'wang.fang@example.com'
const page = { 'sec-fetch-site': 'same-origin' }

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.ask('PUT', '/customers/c1', {
    ...{ name: '王芳', phone, email, consentSms: true, backup_phone: '139 0000 5678' },
  })
})
afterEach(() => server.close())

const inPage = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
  server.ask<T>(method, path, body, page)

describe('phones and mailboxes in a page', () => {
  test.each([
    ['a browser that says so by itself', page],
    ['a page that asks so, where the browser says nothing', { 'magpie-masked': '1' }],
  ])('are masked for %s, and whole for programs as they always were', async (_, headers) => {
    const { body, text } = await server.ask<CustomerAnswer>('GET', '/customers/c1', undefined, headers)
    expect(body).toMatchObject({
      contacts: 'masked',
      customer: { phone: '138****1234', email: 'w***@example.com' },
    })
    expect(body.customer.attributes).toEqual({ backup_phone: '139****5678' })
    expect(text).not.toContain(phone)
    const program = await server.ask<CustomerAnswer>('GET', '/customers/c1')
    expect(program.body).toMatchObject({ contacts: 'whole', customer: { phone, email } })
  })

  test('are shown to whoever asks, and the log says of whom and by whom', async () => {
    const { body, headers } = await inPage('POST', '/customers/c1/reveal', { kind: 'phone' })
    expect(body).toMatchObject({ addresses: [{ address: phone, used: true }] })
    expect(headers['cache-control']).toBe('no-store')
    const { entries } = await server.own.stores.audit.page({ limit: 1 })
    expect(entries).toMatchObject([
      {
        ...{ action: 'customer.revealed', actor: { kind: 'person', via: 'browser' } },
        ...{ object: { kind: 'customer', id: 'c1' }, detail: { kind: 'phone' } },
      },
    ])
    expectProblem(await inPage('POST', '/customers/nobody/reveal', { kind: 'phone' }), 404, 'not-found')
  })

  test('are masked in messages, and in the story of who got them', async () => {
    const journey = giftJourney(`您登记的号码 ${phone} 已开通`)
    await publishJourney(server, { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } })
    await server.ask('POST', '/journeys/gift/enter', { customerIds: ['c1'] })
    await server.own.settle()
    for (const path of ['/messages', '/customers/c1', '/inbox', '/journeys/gift/enrollments/1']) {
      expect((await server.ask('GET', path)).text).toContain(phone)
      const { text } = await inPage('GET', path)
      expect(text).toContain('138****1234')
      expect(text).not.toContain(phone)
    }
  })

  test('are closed and opened again under their seal', async () => {
    const path = '/customers/c1/addresses'
    const addressOf = async () =>
      (await inPage<{ addresses: CustomerAddress[] }>('GET', path)).body.addresses.find(
        ({ kind }) => kind === 'phone',
      )
    const told = await addressOf()
    expect(told).toMatchObject({ address: '138****1234', ref: expect.stringMatching(/^~/) })
    const place = { kind: 'phone', address: told?.ref, channel: 'sms' }
    expect((await inPage('POST', '/addresses/close', place)).status).toBe(204)
    expect((await addressOf())?.states).toMatchObject([{ channel: 'sms', closedWhy: 'opted_out' }])
    expect((await inPage('POST', '/addresses/open', place)).status).toBe(204)
    // The seal of a phone is no mailbox, and half of a seal is nothing.
    const wrong = { ...place, kind: 'email', channel: 'email' }
    expectProblem(await inPage('POST', '/addresses/close', wrong), 422, 'not-an-address')
    const half = { ...place, address: told?.ref?.slice(0, 30) }
    expectProblem(await inPage('POST', '/addresses/close', half), 422, 'not-an-address')
  })

  test('are masked on the blacklist, found there by the whole, and taken off it', async () => {
    await server.ask('POST', '/blacklist', { entries: [{ kind: 'phone', address: phone, reason: null }] })
    const { body } = await inPage<{ entries: BlacklistEntry[] }>('GET', `/blacklist?search=${phone}`)
    expect(body.entries).toMatchObject([{ address: '138****1234' }])
    const gone = await inPage('DELETE', `/blacklist/phone/${body.entries[0]?.ref}`)
    expect(gone.status).toBe(204)
    expect((await inPage<{ total: number }>('GET', '/blacklist')).body.total).toBe(0)
  })

  test('are masked in a file unless it is asked for whole, which the log says', async () => {
    const rows = async (query: string): Promise<Record<string, string>[]> =>
      parse((await inPage('GET', `/export/customers.csv?search=${phone}${query}`)).text, {
        ...{ bom: true, columns: true },
      })
    expect(await rows('')).toMatchObject([
      { customer_id: 'c1', phone: '138****1234', email: 'w***@example.com' },
    ])
    expect(await rows('&contacts=whole')).toMatchObject([{ phone, email }])
    const { entries } = await server.own.stores.audit.page({ limit: 2 })
    expect(entries.map(({ detail }) => detail.contacts)).toEqual(['whole', 'masked'])
  })
})

describe('a key that was made without contacts', () => {
  /** Whose each address of the API asks, by what it asks of. */
  const ids: Readonly<Record<string, string>> = { customers: 'c1', journeys: 'gift', reports: 'gift' }
  const pathOf = (path: string) =>
    path
      .replace(':kind', 'email')
      .replace(':value', 'nobody@example.com')
      .replace(':id', ids[path.split('/')[1] ?? ''] ?? 'none')

  /** What a marketer has written into a journey is no answer about a customer. */
  const ownWords: ReadonlySet<string> = new Set(['GET /journeys/:id', 'GET /journeys/:id/export'])

  test('is told neither phone nor mailbox by whatever it may ask, as one with contacts is', async () => {
    const journey = giftJourney(`您登记的号码 ${phone} 与邮箱 ${email} 已开通`)
    await publishJourney(server, { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } })
    await server.ask('POST', '/journeys/gift/enter', { customerIds: ['c1'] })
    await server.own.settle()
    await server.ask('PUT', '/customers/c2', { name: '王芳', phone, email })
    const without = { authorization: `Bearer ${await keyFor(server, 'read_masked')}` }
    const whole = { authorization: `Bearer ${await keyFor(server, 'read')}` }
    const isTold = (text: string) => text.includes(phone) || text.includes(email)
    const told: string[] = []
    for (const right of keyRights.read_masked) {
      const [method = '', path = ''] = right.split(' ')
      const body = method === 'POST' ? { condition: { kind: 'all', of: [] } } : undefined
      const verb = method === 'POST' ? 'POST' : 'GET'
      const ask = (headers: Readonly<Record<string, string>>) => server.ask(verb, pathOf(path), body, headers)
      const { status, text } = await ask(without)
      expect(status, right).toBeLessThan(500)
      expect(status, right).not.toBe(403)
      if (!ownWords.has(right)) expect(isTold(text), right).toBe(false)
      if (isTold((await ask(whole)).text)) told.push(right)
    }
    // Of these there was something to mask.
    expect(told).toEqual(
      expect.arrayContaining(['GET /customers/:id', 'GET /customers/:id/addresses', 'GET /messages']),
    )
  })

  test('changes nothing, and asks for no file and for nobody’s phone', async () => {
    const headers = { authorization: `Bearer ${await keyFor(server, 'read_masked')}` }
    for (const path of ['/export/customers.csv?contacts=whole', '/export/messages.csv?contacts=whole'])
      expectProblem(await server.ask('GET', path, undefined, headers), 403, 'key-forbids')
    const reveal = server.ask('POST', '/customers/c1/reveal', { kind: 'phone' }, headers)
    expectProblem(await reveal, 403, 'key-forbids')
  })
})
