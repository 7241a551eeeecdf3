import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone } from '../../../ports/claims.ts'
import type { Verdict } from '../../../ports/dispatch.ts'
import { testClock } from '../../../testing/clock.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { createOutboxStore } from './outbox.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  const customer = db.sqlite.prepare(
    'insert into customers (id, shard, phone, updated_at) values (?, 0, ?, 0)',
  )
  customer.run('c1', '1')
})
afterEach(() => db.close())

function journey(id: string, status = 'live'): void {
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, created_at, updated_at) values (?, '', ?, '', 1, 0, 0)`,
    )
    .run(id, status)
}

let enrollments = 0
function message(journeyId: string, dueAt: number, channel = 'sms', customer = 'c1'): void {
  enrollments += 1
  db.sqlite
    .prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, due_at, created_at, parts, cost_milli)
       values (0, ?, 'n', 1, ?, 1, ?, ?, '1', 'x', 'marketing', 'queued', ?, 0, 1, 0)`,
    )
    .run(enrollments, journeyId, customer, channel, dueAt)
}

const send: Verdict = { kind: 'send' }
const claim = (limit: number, verdict = (): Verdict => send) =>
  createOutboxStore(db).claim({
    by: alone(testClock(100)),
    channel: 'sms',
    now: 100,
    limit,
    begins: false,
    verdict,
  })
const statuses = () => db.sqlite.prepare('select status from messages order by id').pluck().all()

describe('claiming', () => {
  test('takes what is due of live journeys on that channel, the oldest first', async () => {
    journey('a')
    journey('held', 'paused')
    message('a', 90)
    message('a', 10)
    message('a', 101)
    message('a', 10, 'email')
    message('held', 10)
    const { messages } = await claim(10)
    expect(messages.map(({ id }) => id)).toEqual([2, 1])
    expect(statuses()).toEqual(['sending', 'sending', 'queued', 'queued', 'queued'])
  })

  test('what was claimed is claimed by nobody else', async () => {
    journey('a')
    message('a', 10)
    expect((await claim(10)).messages).toHaveLength(1)
    expect((await claim(10)).messages).toHaveLength(0)
  })

  test('gives each journey its share, whatever stands before it in time', async () => {
    journey('big')
    journey('small')
    for (let index = 0; index < 20; index += 1) message('big', index)
    message('small', 99)
    const { messages } = await claim(4)
    expect(messages.map(({ journeyId }) => journeyId).sort()).toEqual(['big', 'big', 'big', 'small'])
  })

  test('one at a time, the journeys take turns', async () => {
    for (const id of ['a', 'b', 'c']) {
      journey(id)
      for (let index = 0; index < 3; index += 1) message(id, index)
    }
    const outbox = createOutboxStore(db)
    const taken: string[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      const { messages } = await outbox.claim({
        by: alone(testClock(100)),
        channel: 'sms',
        now: 100,
        limit: 1,
        begins: false,
        verdict: () => send,
      })
      taken.push(...messages.map(({ journeyId }) => journeyId))
    }
    expect(taken).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  test('holds what a gate closes on, and puts off what is to wait', async () => {
    journey('a')
    message('a', 10)
    message('a', 20)
    message('a', 30)
    const answers: Verdict[] = [{ kind: 'hold', gate: 'no_consent' }, { kind: 'defer', until: 500 }, send]
    const { messages, others } = await claim(10, () => answers.shift() ?? send)
    expect([messages.length, others]).toEqual([1, 2])
    expect(statuses()).toEqual(['held', 'queued', 'sending'])
    expect(db.sqlite.prepare('select due_at from messages where id = 2').pluck().get()).toBe(500)
    expect(db.sqlite.prepare('select kind, count from figures').all()).toEqual([
      { kind: 'message:held:no_consent', count: 1 },
    ])
  })
})

describe('settling', () => {
  test('writes all results of a batch, and runs what belongs to it in the same transaction', async () => {
    journey('a')
    message('a', 10)
    const outbox = createOutboxStore(db, {
      onSent: () => {
        throw new Error('no room')
      },
    })
    const { messages } = await outbox.claim({
      by: alone(testClock(100)),
      channel: 'sms',
      now: 100,
      limit: 1,
      begins: false,
      verdict: () => send,
    })
    const [sent] = messages
    if (sent === undefined) throw new Error('nothing was claimed')
    const settlement = {
      message: sent,
      status: 'sent',
      dueAt: null,
      providerId: 'p',
      error: null,
      endpoint: 'answered',
    } as const
    await expect(outbox.settle([settlement], 200)).rejects.toThrow('no room')
    expect(statuses()).toEqual(['sending'])
    await createOutboxStore(db).settle([settlement], 200)
    expect(db.sqlite.prepare('select status, sent_at, provider_id from messages').get()).toEqual({
      status: 'sent',
      sent_at: 200,
      provider_id: 'p',
    })
  })
})
