import { afterEach, beforeEach, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { createSigns, type Signs } from '../ports/signs.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { deliveryCounter } from '../store/sqlite/delivery/counter.ts'
import { deliveryStore } from '../store/sqlite/delivery/store.ts'
import { startAt } from '../testing/http/harness.ts'
import { watchDelivery } from './watched-delivery.ts'

const minuteMs = 60_000
let db: BrandDatabase
let signs: Signs
let now = startAt
beforeEach(() => {
  now = startAt
  db = openDatabase(':memory:', { durability: 'off' })
  signs = createSigns(() => now)
  watchDelivery(signs, 'own', db, () => now)
})
afterEach(() => db.close())

const told = () => signs.unwell().map(({ name, message }) => [name, message?.en])
const act = () => ({ actor: terminalActor, at: now, realAt: now })
function queued(channel: string, dueAt: number, spacing: number | null = null) {
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, created_at, updated_at, spacing_ms)
       values ('j', '{}', 'live', '{}', 1, 0, 0, ?)`,
    )
    .run(spacing)
  db.sqlite
    .prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, due_at, created_at, parts, cost_milli)
       values (0, 1, 'n', 1, 'j', 1, 'c', ?, 'r', 'b', 'service', 'queued', ?, 0, 1, 0)`,
    )
    .run(channel, dueAt)
}

test('a queue is told of once it waits for longer than half an hour, and not where a person has paused it', async () => {
  queued('sms', now)
  now += 29 * minuteMs
  expect(told()).toEqual([])
  now += 2 * minuteMs
  expect(told()).toEqual([
    ['queue-late', 'SMS: messages that are due wait for more than 30 minutes, the oldest for 31 minutes'],
  ])
  await deliveryStore(db).pause(act(), 'sms', 'x')
  expect(told()).toEqual([])
  now += 25 * 60 * minuteMs
  expect(told()).toEqual([
    ['channel-paused', 'SMS: paused by a person for more than 24 hours, 1 message waits'],
  ])
})

test('messages that their journey spaces are in no hurry', () => {
  queued('sms', now, 60_000)
  now += 120 * minuteMs
  expect(told()).toEqual([])
})

test('failures are told of where more than a fifth of the last sends failed, of fifty or more', () => {
  const count = deliveryCounter(db)
  const some = (outcome: 'sent' | 'failed', times: number) =>
    count(
      Array.from({ length: times }, () => ({ channel: 'sms', outcome })),
      now,
    )
  some('failed', 40)
  expect(told()).toEqual([])
  some('sent', 10)
  expect(told()).toEqual([['channel-failing', 'SMS: of the last 200 messages more than 20% failed']])
  now += 60 * minuteMs
  some('sent', 200)
  expect(told()).toEqual([])
})
