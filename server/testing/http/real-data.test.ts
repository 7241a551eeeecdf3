import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordCounts } from '../../../shared/api/records.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { boughtForQixi, qixiCondition } from '../../../shared/testing/qixi.ts'
import { openTestApp, type TestApp, urlOf } from './harness.ts'
import { keyFor } from './keys.ts'

const data = resolve(fileURLToPath(new URL('../../../../shared/data', import.meta.url)))
const absent = !existsSync(data)

type Row = Readonly<Record<string, string>>
const rowsOf = (folder: string, kind: 'customers' | 'orders'): Row[] =>
  parse(readFileSync(join(data, folder, `${kind}.csv`)), { columns: true })

/** As a shop's own program would tell of a customer. */
function customerOf({ customer_id: id, phone, name, city, ...attributes }: Row) {
  return { id, ...(phone && { phone }), ...(name && { name }), ...(city && { city }), attributes }
}

function orderOf({
  order_id: id,
  customer_id: customerId,
  ordered_at: at,
  amount = '',
  items,
  categories,
}: Row) {
  const properties = { items: Number(items), ...(categories && { categories: categories.split('|') }) }
  return { id, customerId, at, amount: Math.round(Number(amount) * 100), properties }
}

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

/** Sends rows as one stream, as a program with a key that may only write does. */
async function send(path: string, rows: readonly object[], key: string): Promise<RecordCounts> {
  const answer = await server.app.inject({
    method: 'POST',
    url: urlOf(path),
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` },
    payload: rows.map((row) => JSON.stringify(row)).join('\n'),
  })
  expect(answer.statusCode).toBe(200)
  return JSON.parse(answer.body.trimEnd().split('\n').at(-1) ?? '').summary
}

describe.skipIf(absent).each([
  { folder: 'superstore-cn', now: '2017-08-14T10:00:00+08:00', customers: 790, bought: 113, audience: 112 },
  { folder: 'cdnow', now: '1998-08-14T10:00:00+08:00', customers: 23_570, bought: 1_381, audience: 760 },
])(
  `a shop that sends its own past: $folder (${absent ? 'skipped: ../shared/data is absent' : 'published figures'})`,
  ({ folder, now, customers, ...found }) => {
    test('finds its Qixi audience of what came by the API, and twice the same is once', async () => {
      await server.ask('POST', '/clock/advance', { to: Date.parse(now) })
      const key = await keyFor(server, 'write')
      const people = rowsOf(folder, 'customers').map(customerOf)
      const orders = rowsOf(folder, 'orders')
        .filter(({ ordered_at: day = '' }) => day < now.slice(0, 10))
        .map(orderOf)
      for (const [path, rows] of [
        ['/customers', people],
        ['/orders', orders],
      ] as const) {
        const none = { created: 0, updated: 0, unchanged: 0, refused: 0 }
        expect(await send(path, rows, key)).toEqual({ ...none, created: rows.length })
        const again = rows.slice(0, 1_000)
        expect(await send(path, again, key)).toEqual({ ...none, unchanged: again.length })
      }
      expect(people).toHaveLength(customers)
      const count = async (condition: Condition) =>
        (await server.ask<{ count: number }>('POST', '/audiences/count', { condition })).body.count
      expect(await count(boughtForQixi)).toBe(found.bought)
      expect(await count(qixiCondition)).toBe(found.audience)
    })
  },
)
