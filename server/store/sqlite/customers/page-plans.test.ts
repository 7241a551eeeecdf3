import { expect, test } from 'vitest'
import { customerOrderQuery } from '../../../../shared/api/customer-orders.ts'
import { customerVisitQuery } from '../../../../shared/api/customer-visits.ts'
import { timelineQuery } from '../../../../shared/api/timeline.ts'
import { registry } from '../../../../shared/nodes/index.ts'
import { scratchBase } from '../../../brand/scratch-base.ts'
import { openDatabase } from '../database.ts'
import { addressStore } from './address-store.ts'
import { customerStore } from './store.ts'

/** Tables that hold as many rows as a brand has customers, or more. */
const large = [
  'customers',
  'events',
  'messages',
  'receipts',
  'enrollments',
  'traces',
  'tags',
  'addresses',
  'address_states',
  'audience_members',
  'audit',
  'scores',
  'asks',
  'inbox',
]

test('nothing that a customer’s page asks looks through a table', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  const asked: string[] = []
  const prepare = db.sqlite.prepare.bind(db.sqlite)
  const listening = new Proxy(db.sqlite, {
    get(target, name) {
      if (name === 'prepare')
        return (sql: string) => {
          asked.push(sql)
          return prepare(sql)
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const heard = { ...db, sqlite: listening }
  db.sqlite
    .prepare(
      "insert into customers (id, shard, phone, noted, updated_at) values ('c1', 0, '13800001234', 1, 0)",
    )
    .run()
  db.sqlite
    .prepare(
      "insert into events (id, customer_id, shard, name, at, received_at, source, pending) values ('o1', 'c1', 0, 'order', 1, 1, 'api', 0)",
    )
    .run()
  // Without a visit nobody asks how long it lasted.
  db.sqlite
    .prepare(
      "insert into events (id, customer_id, shard, name, at, received_at, source, pending) values ('v1', 'c1', 0, 'page_viewed', 1, 1, 'api', 0)",
    )
    .run()
  const customers = customerStore(heard, scratchBase(heard))
  const addresses = addressStore(heard)
  // What the stores prepare for other pages is not of this one.
  asked.length = 0
  await customers.story('c1', registry, 'none')
  await customers.timeline('c1', timelineQuery.parse({ search: '礼盒' }), registry)
  await customers.timeline('c1', timelineQuery.parse({ before: '5.3.7' }), registry)
  await customers.orders('c1', customerOrderQuery.parse({}))
  await customers.visits('c1', customerVisitQuery.parse({}))
  await addresses.ofCustomer('c1')
  await addresses.borneBy(['c1'])
  expect(asked.length).toBeGreaterThan(15)
  for (const sql of asked) {
    // Whether there is any row at all is known by the first.
    if (/^select exists \(select 1 from \w+\)$/.test(sql.trim())) continue
    const plan = prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
    // Which values stand in it does not change how it is read.
    const named = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null])
    const places = sql.replace(/'[^']*'/g, '').match(/\?/g)?.length ?? 0
    const steps =
      named.length > 0 ? plan.all(Object.fromEntries(named)) : plan.all(...Array(places).fill(null))
    const scanned = steps.filter(({ detail }) => /^SCAN /.test(detail)).map(({ detail }) => detail)
    const aliases = [...sql.matchAll(/\b(?:from|join)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?/g)]
    const through = scanned.filter((detail) => {
      const [, name = ''] = /^SCAN (\w+)/.exec(detail) ?? []
      const table = aliases.find(([, , alias]) => alias === name)?.[1] ?? name
      return large.includes(table)
    })
    expect(through, sql).toEqual([])
  }
  db.close()
})
