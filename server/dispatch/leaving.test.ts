import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { brandSchema } from '../../shared/journey/brand.ts'
import type { Channel, SendResult } from '../channels/channel.ts'
import { alone } from '../ports/claims.ts'
import type { OutboxStore } from '../ports/dispatch.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createOutboxStore } from '../store/sqlite/messages/outbox.ts'
import { testClock } from '../testing/clock.ts'
import { accepted, lostAnswer, refused } from '../testing/fake-channel.ts'
import { createDispatcher } from './dispatch.ts'

const count = 12
const now = 100
let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  db.sqlite.exec(`insert into journeys (id, name, status, draft, revision, created_at, updated_at)
    values ('j', '', 'live', '', 1, 0, 0)`)
  const customer = db.sqlite.prepare(
    `insert into customers (id, shard, email, updated_at) values (?, 0, ?, 0)`,
  )
  const message = db.sqlite.prepare(
    `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
       body, purpose, status, due_at, created_at, parts, cost_milli)
     values (0, ?, 'n', 1, 'j', 1, ?, 'email', ?, 'x', 'service', 'queued', 10, 0, 1, 0)`,
  )
  for (let nth = 1; nth <= count; nth += 1) {
    customer.run(`c${nth}`, `c${nth}@example.com`)
    message.run(nth, `c${nth}`, `c${nth}@example.com`)
  }
})
afterEach(() => db.close())

/** A relay that is spoken to message by message; what each of them meets is told by `meets`. */
const relay = (meets: (id: string) => SendResult | Promise<SendResult>) => {
  const left: string[] = []
  const channel: Channel = {
    id: 'email',
    idempotent: false,
    batch: 50,
    send: (messages, _signal, begin) =>
      Promise.all(
        messages.map(async (message) => {
          if (begin === undefined || !(await begin(message)))
            return { kind: 'retry', code: 'withheld', detail: '', afterMs: null } satisfies SendResult
          left.push(message.id)
          return meets(message.id)
        }),
      ),
    async close() {},
  }
  return { channel, left }
}

const by = alone(testClock(now))
function dispatcher(channel: Channel, outbox: OutboxStore = createOutboxStore(db)) {
  return createDispatcher({
    outbox,
    by,
    channels: () => new Map([[channel.id, channel]]),
    dressing: () => ({
      brandId: 'own',
      brand: brandSchema.parse({ name: { en: 'Shop' }, signature: 'Shop', quietHours: null }),
      publicId: 'p',
      linkSecret: 's',
      baseUrl: 'http://localhost',
    }),
    limiter: { allowance: (_channel, wanted) => wanted, spend: () => undefined },
    now: () => now,
    mostFlights: 6,
    log: pino({ level: 'silent' }),
    onBatch: () => undefined,
  })
}

const statuses = () => db.sqlite.prepare('select status from messages order by id').pluck().all()
const counted = () =>
  Object.fromEntries(
    db.sqlite
      .prepare<[], { status: string; n: number }>(
        'select status, count(*) as n from messages group by status',
      )
      .all()
      .map(({ status, n }) => [status, n]),
  )
const silence = new Promise<never>(() => undefined)

describe('on a channel without keys', () => {
  test('the end of the process leaves in doubt what was on the wire, and nothing that had been answered', async () => {
    const { channel, left } = relay((id) => (Number(id) <= 3 ? accepted : silence))
    // As a relay with few connections: the others wait for one.
    const narrow: Channel = {
      ...channel,
      send: (messages, signal, begin) =>
        Number(messages[0]?.id) > 5 ? silence : channel.send(messages, signal, begin),
    }
    void dispatcher(narrow).run()
    await expect.poll(() => left).toEqual(['1', '2', '3', '4', '5'])
    await expect.poll(counted).toEqual({ sent: 3, sending: 9 })
    const next = createOutboxStore(db)
    expect(await next.recover({ idempotent: new Set(), now, by, own: true })).toEqual({
      queued: 7,
      unknown: 2,
    })
    const after = relay(() => accepted)
    await dispatcher(after.channel, next).run()
    expect(after.left.map(Number)).toEqual([6, 7, 8, 9, 10, 11, 12])
    expect(counted()).toEqual({ sent: 10, unknown: 2 })
  })

  test('one that was taken back before it began is not sent', async () => {
    const { channel, left } = relay(() => accepted)
    const outbox = createOutboxStore(db)
    const claimed: OutboxStore = {
      ...outbox,
      async claim(request) {
        const claim = await outbox.claim(request)
        db.sqlite.exec(`update messages set withdrawn = 1 where id = 2 and status = 'sending'`)
        return claim
      },
    }
    await dispatcher(channel, claimed).run()
    expect(left).not.toContain('2')
    expect(counted()).toEqual({ sent: 11, cancelled: 1 })
  })

  test('one whose leaving cannot be written down does not leave, and is tried again', async () => {
    const { channel, left } = relay(() => accepted)
    const outbox = createOutboxStore(db)
    const full: OutboxStore = {
      ...outbox,
      begin: async () => {
        throw new Error('the disk is full')
      },
    }
    const broken: Channel = {
      ...channel,
      send: (messages, signal, begin) =>
        channel
          .send(messages, signal, begin)
          .catch(() => [{ kind: 'retry', code: 'estream', detail: '', afterMs: null }]),
    }
    await dispatcher(broken, full).run()
    expect(left).toEqual([])
    expect(counted()).toEqual({ queued: 12 })
  })

  test('each is judged by its own answer, and an endpoint by all of them', async () => {
    const fault: SendResult = {
      kind: 'endpoint',
      mend: 'person',
      code: 'smtp-550',
      detail: 'relaying denied',
      afterMs: null,
      inDoubt: false,
    }
    const answers: Readonly<Record<string, SendResult>> = { 1: fault, 2: lostAnswer, 3: refused }
    const { channel } = relay((id) => answers[id] ?? accepted)
    await dispatcher(channel).run()
    expect(statuses().slice(0, 4)).toEqual(['queued', 'unknown', 'failed', 'sent'])
    expect(db.sqlite.prepare('select count(*) from channel_halts').pluck().get()).toBe(0)
  })
})
