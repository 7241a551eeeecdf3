import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addressStatesReader } from './customers/address-states.ts'
import { customersReader } from './customers/facts.ts'
import { Database } from './driver.ts'

const folder = join(import.meta.dirname, '../../../migrations/sqlite')
const steps = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
const first = steps.findIndex((name) => name.endsWith('_addresses.sql'))

test('opt-outs, consents and the blacklist of the last release become those of addresses', () => {
  const sqlite = new Database(':memory:')
  const run = (names: readonly string[]) => {
    for (const name of names)
      for (const statement of readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
        sqlite.exec(statement)
  }
  run(steps.slice(0, first))
  const add = sqlite.prepare(
    `insert into customers (id, shard, phone, email, consent_sms, blacklisted, updated_at) values (?, 0, ?, ?, ?, ?, 5)`,
  )
  add.run('甲', '13800000001', 'A@Example.com', 1, 0)
  add.run('甲二', '13800000001', null, 0, 0)
  add.run('乙', null, null, null, 0)
  add.run('丙', '13800000003', null, null, 1)
  const refuse = sqlite.prepare(
    `insert into unsubscribes (customer_id, channel, at, source) values (?, ?, 7, 'reply')`,
  )
  refuse.run('甲', 'email')
  refuse.run('甲二', 'sms')
  refuse.run('乙', 'sms')
  refuse.run('丙', 'in_app')
  run(steps.slice(first))
  const ids = ['甲', '甲二', '乙', '丙']
  const customers = customersReader(sqlite)(ids)
  const told = ids
    .map((id) => customers.get(id))
    .map((one) => [one?.unsubscribed, one?.consentSms, one?.blacklisted])
  expect(told).toEqual([
    [['email', 'sms'], false, false],
    [['sms'], false, false],
    [['sms'], null, false],
    [['in_app'], null, true],
  ])
  expect(customers.get('甲')?.email).toBe('a@example.com')
  expect(addressStatesReader(sqlite)(ids)('甲').map(({ closedAt }) => closedAt)).toContain(7)
  expect(sqlite.prepare('select address from shared_addresses').pluck().all()).toEqual(['13800000001'])
  sqlite.close()
})
