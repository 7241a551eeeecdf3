import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportKind, ImportOptions } from '../../shared/api/imports.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { importFile, inspectFile } from './index.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const receivedAt = Date.parse('2026-08-01T00:00:00Z')

function take(
  text: string,
  {
    kind = 'customers',
    name = '',
    options = {},
  }: { kind?: ImportKind; name?: string; options?: Partial<ImportOptions> } = {},
) {
  const source = Buffer.from(text)
  return importFile(db, { kind, source, name, options, zone: 'UTC', currency: 'CNY', receivedAt })
}
const inspect = (text: string, name = '') => inspectFile({ source: Buffer.from(text), name })

interface State {
  address: string
  channel: string
  consent: number | null
  why: string | null
  at: number | null
}
const states = () =>
  db.sqlite
    .prepare<[], State>(
      'select address, channel, consent, closed_why as why, closed_at as at from address_states order by address, channel',
    )
    .all()
/** What each phone or mailbox says: `yes`, `no`, or why it is closed. */
const said = () =>
  Object.fromEntries(
    states().map(({ address, consent, why }) => [address, why ?? (consent === 1 ? 'yes' : 'no')]),
  )

describe('a column of consent', () => {
  test.each([
    ['是否退订', 'unsubscribed'],
    ['退订状态', 'unsubscribed'],
    ['黑名单', 'unsubscribed'],
    ['是否免打扰', 'unsubscribed'],
    ['Do Not Contact', 'unsubscribed'],
    ['Opted Out', 'unsubscribed'],
    ['Opted out of all email', 'unsubscribed_email'],
    ['Email Unsubscribed', 'unsubscribed_email'],
    ['取消订阅短信', 'unsubscribed_sms'],
    ['SMS Opt-Out Date', 'unsubscribed_sms'],
    ['订阅状态', 'consent'],
    ['营销授权', 'consent'],
    ['是否同意接收促销信息', 'consent'],
    ['Marketing Consent', 'consent'],
    ['Email Status', 'consent_email'],
    ['Newsletter subscription', 'consent_email'],
    ['SMS Opt-in', 'consent_sms'],
    ['短信接收授权', 'consent_sms'],
  ])('%s is read as %s', async (column, field) => {
    const { mapping } = await inspect(`customer_id,phone,email,${column}\n1,19900000001,a@example.com,N\n`)
    expect(mapping[column]).toBe(field)
  })

  test.each(['退订原因', 'UNSUB_CAMPAIGN_TITLE', 'Consent source', '拒收次数', '订阅号'])(
    '%s is none: it says something about one',
    async (column) => {
      const { mapping } = await inspect(`customer_id,phone,退订,${column}\n1,19900000001,,x\n`)
      expect(mapping[column]).toBe('attribute')
    },
  )

  test('that is not read as one is warned of, by its name or by what stands in it', async () => {
    const text =
      'customer_id,phone,短信授权,短信允许,状态,城市名\n1,19900000001,是,否,正常,a\n2,,是,是,已退订,b\n'
    const { warnings } = await inspect(text)
    expect(warnings.map(({ code, column }) => [code, column])).toEqual([
      ['consent-unread', '短信允许'],
      ['consent-unread', '状态'],
    ])
  })
})

describe('a consent that is unsure never becomes a yes', () => {
  test('where a refusal names no way, it holds for each', async () => {
    await take(
      'customer_id,phone,email,是否退订\n1,19900000001,a@example.com,是\n2,19900000002,b@example.com,否\n',
    )
    expect(said()).toEqual({ '19900000001': 'opted_out', 'a@example.com': 'opted_out' })
  })

  test('where a yes names no way, it holds for the one address that the file has, else for none', async () => {
    await take('customer_id,phone,营销授权\n1,19900000001,是\n')
    await take('customer_id,phone,email,营销授权\n2,19900000002,b@example.com,是\n')
    expect(said()).toEqual({ '19900000001': 'yes' })
    expect(db.sqlite.prepare('select consent_email from customers').pluck().all()).toEqual([null, null])
  })

  test('of two rows that contradict each other the refusal counts, whichever comes first', async () => {
    const report = await take(
      [
        'customer_id,phone,consent_sms',
        ...[
          '1,19900000001,是',
          '1,19900000001,否',
          '2,19900000002,否',
          '2,19900000002,是',
          '3,19900000003,',
          '3,19900000003,是',
        ],
      ].join('\n'),
    )
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
      [3, 'duplicate-customer'],
      [5, 'duplicate-customer'],
      [7, 'duplicate-customer'],
    ])
    expect(said()).toEqual({ '19900000001': 'no', '19900000002': 'no' })
  })

  test('an opt-out holds also where its row stays outside for another reason', async () => {
    await take('customer_id,email\na,ana@example.com\nb,ana@example.com\n')
    await take('customer_id,email,邮件退订\n,bo@example.com,是\n2.7E+18,cy@example.com,是\n')
    await take('email,邮件退订\nana@example.com,是\n')
    await take('customer_id,name,phone,短信退订\n1,甲,19900000001,否\n1,乙,19900000009,是\n')
    expect(said()).toEqual({
      'ana@example.com': 'opted_out',
      'bo@example.com': 'opted_out',
      'cy@example.com': 'opted_out',
      '19900000001': 'opted_out',
      '19900000009': 'opted_out',
    })
  })

  test.each(['no', '0', '0000-00-00', '否', 'unknown', '2099-12-31 10:00:00'])(
    'an opt-in time of “%s” is none',
    async (time) => {
      await take(`email,OPTIN_TIME\na@example.com,${time}\n`)
      expect(said()).toEqual({ 'a@example.com': 'no' })
    },
  )

  test('a file named as a list of who left says so of all, unless somebody says otherwise', async () => {
    const text = 'phone,email\n19900000001,a@example.com\n'
    for (const name of [
      '退订名单.csv',
      '黑名单 2026.csv',
      'unsubscribes.csv',
      'opt-outs.csv',
      'Do not contact.csv',
    ])
      expect([name, (await inspect(text, name)).membership]).toEqual([name, 'unsubscribed'])
    expect((await inspect(text, 'adopt-outside.csv')).membership).toBeNull()
    await take(text, { name: '退订名单.csv', options: { membership: null } })
    expect(said()).toEqual({})
    await take(text, { name: '退订名单.csv' })
    expect(said()).toEqual({ '19900000001': 'opted_out', 'a@example.com': 'opted_out' })
  })

  test('an order that says no is heeded where nothing else is known, and its yes is the buyer’s alone', async () => {
    await take('customer_id,email,consent_email\na,ana@example.com,yes\nb,bo@example.com,\n')
    await take(
      [
        'order id,email,paid at,total,accepts marketing',
        '1,ana@example.com,2026-01-01,9,no',
        '2,bo@example.com,2026-01-01,9,no',
        '3,cy@example.com,2026-01-01,9,yes',
        '4,cy@example.com,2026-01-02,9,no',
        '5,di@example.com,2026-01-02,9,perhaps',
        '6,ana@example.com,2026-01-03,9,unsubscribed',
      ].join('\n'),
      { kind: 'orders', options: { createCustomers: true } },
    )
    expect(said()).toEqual({
      'ana@example.com': 'opted_out',
      'bo@example.com': 'no',
      'cy@example.com': 'no',
      'di@example.com': 'no',
    })
  })
})

describe('the time of an opt-out', () => {
  test('is the one that the file says; a later agreement opens the address again', async () => {
    await take('email,UNSUB_TIME\na@example.com,2025-01-01 10:00:00\nb@example.com,2099-01-01 10:00:00\n')
    expect(states().map(({ address, at }) => [address, at])).toEqual([
      ['a@example.com', Date.parse('2025-01-01T10:00:00Z')],
      // Nobody has left at a time that is still to come.
      ['b@example.com', receivedAt],
    ])
    await take('email,OPTIN_TIME\na@example.com,2024-12-31 10:00:00\n')
    expect(said()).toMatchObject({ 'a@example.com': 'opted_out' })
    await take('email,OPTIN_TIME\na@example.com,2026-02-01 10:00:00\n')
    expect(said()).toMatchObject({ 'a@example.com': 'yes' })
  })
})
