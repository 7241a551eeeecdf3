import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unguarded } from '../../../shared/csv.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const read = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true })

describe('customers as a file', () => {
  test('have their fields, tags and attributes, whole, in a form that an import reads again', async () => {
    await server.ask('PUT', '/customers/c1', {
      ...{ name: '王芳', phone: '13800000001', consentSms: true, unsubscribed: ['email'] },
      ...{ email: 'w@example.com', tags: ['VIP', 'a, b'], points: 3 },
    })
    const { text, headers } = await server.ask('GET', '/export/customers.csv?search=c1')
    expect(headers['content-disposition']).toContain('customers.csv')
    expect(read(text)).toMatchObject([
      {
        ...{ customer_id: 'c1', name: '王芳', phone: '13800000001', email: 'w@example.com' },
        ...{ consent_sms: 'yes', unsubscribed_email: 'yes', tags: '"VIP","a, b"', points: '3' },
      },
    ])
  })

  test('are safe against formulas, and come back as they were', async () => {
    const name = '=HYPERLINK("http://evil.example")'
    await server.ask('PUT', '/customers/c1', { name: `x${name}`, note: name })
    server.db.sqlite.prepare("update customers set name = ? where id = 'c1'").run(name)
    const [row] = read((await server.ask('GET', '/export/customers.csv?search=c1')).text)
    expect(row?.name).toBe(`'${name}`)
    expect(unguarded(row?.name ?? '')).toBe(name)
  })

  test('are those of an audience, and the log says who took how many', async () => {
    const condition = { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' }
    await server.ask('POST', '/audiences', { key: 'gold', name: { en: 'Gold' }, condition })
    const { text } = await server.ask('GET', '/export/customers.csv?audience=gold')
    expect(read(text).map(({ customer_id: id }) => id)).toEqual(['m1', 'm2'])
    const { entries } = await server.own.stores.audit.page({ limit: 1 })
    expect(entries).toMatchObject([
      { action: 'customer.exported', actor: { kind: 'person' }, detail: { audience: 'gold', count: 2 } },
    ])
    expectProblem(await server.ask('GET', '/export/customers.csv?audience=nobody'), 404, 'not-found')
  })
})
