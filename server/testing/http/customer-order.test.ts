import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerSummary } from '../../../shared/api/customers.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeAll(async () => {
  server = await openTestApp()
})
afterAll(() => server.close())

type Page = { customers: CustomerSummary[]; next: string | null; total: number }
const page = (query: string) => server.ask<Page>('GET', `/customers?${query}`)

test('customers are read in the order that is asked for, page by page, each once', async () => {
  const all: CustomerSummary[] = []
  let total = 0
  for (let next: string | null = ''; next !== null; ) {
    const { status, body } = await page(`sort=-spent&limit=7${next === '' ? '' : `&after=${next}`}`)
    expect(status).toBe(200)
    all.push(...body.customers)
    total = body.total
    next = body.next
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(total)
  const spent = all.map((one) => one.spent)
  expect(spent).toEqual(spent.toSorted((one, other) => other - one))
  expect(spent[0]).toBeGreaterThan(spent.at(-1) ?? 0)
})

test('an order that there is not, or that does not fit, is refused with how to mend it', async () => {
  const unknown = await page('sort=shoe_size')
  expectProblem(unknown, 400, 'invalid-request')
  expect(JSON.stringify(unknown.body)).toContain('registered_at')
  expectProblem(await page('sort=-member_since'), 400, 'sort-needs-audience')
  const { next } = (await page('sort=-spent&limit=1')).body
  expectProblem(await page(`sort=name&limit=1&after=${next}`), 400, 'sort-elsewhere')
})
