import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channels } from '../../../../shared/channels/index.ts'
import { alone } from '../../../ports/claims.ts'
import { testClock } from '../../../testing/clock.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { ingester } from '../events/ingest.ts'
import { createOutboxStore } from './outbox.ts'

let db: BrandDatabase
const fresh = (channel: string, recipient: string) => {
  db = openDatabase(':memory:', { durability: 'off' })
  db.sqlite
    .prepare(
      `insert into customers (id, shard, phone, email, updated_at) values ('c1', 0, '13800000001', 'a@b.example', 0)`,
    )
    .run()
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, created_at, updated_at) values ('j', '', 'live', '', 1, 0, 0)`,
    )
    .run()
  db.sqlite
    .prepare(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, due_at, created_at, parts, cost_milli)
       values (0, 7, 'hello', 1, 'j', 1, 'c1', ?, ?, 'x', 'service', 'queued', 10, 0, 1, 0)`,
    )
    .run(channel, recipient)
}
beforeEach(() => fresh('sms', '13800000001'))
afterEach(() => db.close())

/** What happens to a message: its channel's answer, or a report. */
type Step =
  | 'answer'
  | { readonly name: string; readonly at: number; readonly id: string; readonly more?: object }

async function live(channel: string, steps: readonly Step[]): Promise<void> {
  const outbox = createOutboxStore(db)
  const by = alone(testClock(100))
  const { messages } = await outbox.claim({
    by,
    channel,
    now: 100,
    limit: 1,
    begins: false,
    verdict: () => ({ kind: 'send' }),
  })
  const ingest = ingester(db)
  for (const step of steps) {
    if (step === 'answer')
      await outbox.settle(
        messages.map((message) => ({
          message,
          status: 'sent',
          dueAt: null,
          providerId: 'p1',
          error: null,
          endpoint: 'answered',
        })),
        1000,
      )
    else {
      const { id, name, at, more } = step
      const properties = { message_id: '1', channel, ...more }
      ingest([{ id, customerId: 'c1', name, at, amount: null, properties }], 2000)
    }
  }
}

/** All that pages and rules see of a message and of its address. */
function seen() {
  const all = (sql: string) => db.sqlite.prepare(sql).all()
  return {
    message: all('select status, error, sent_at from messages'),
    receipts: all('select kind, at, detail from receipts order by kind, at, detail'),
    figures: all('select kind, count from figures where count <> 0 order by kind'),
    address: all(
      `select kind, address, channel, closed_why, closed_at, consent, consent_at, held_at
       from address_states where closed_why is not null or consent is not null or held_at is not null order by 1, 2, 3`,
    ),
    verified: all('select address, verified_at from addresses order by 1'),
    replies: all(`select body, at from inbox where direction = 'in' order by at, body`),
  }
}

const kinds = ['delivered', 'opened', 'clicked', 'failed', 'blocked', 'complained', 'unsubscribed'] as const

/** Each report at a time of its own, or at one of few, so that some fall together. */
const reports = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.integer({ min: 150, max: 160 }),
    failure: fc.constantFrom('hard_bounce', 'soft_bounce', 'invalid'),
  }),
  { minLength: 1, maxLength: 6, selector: ({ kind, at }) => `${kind} ${at}` },
)

const stepOf = ({ kind, at, failure }: { kind: string; at: number; failure: string }): Step => ({
  id: `${kind}-${at}`,
  name: `message_${kind}`,
  at,
  more: kind === 'failed' ? { failure, detail: failure } : { detail: kind },
})

describe('reports of one message, in whichever order and however often they come', () => {
  test.each(
    channels.map(({ id, address }) => [id, address === 'email' ? 'a@b.example' : '13800000001'] as const),
  )('end the same on %s, before its channel’s answer and after', async (channel, recipient) => {
    await fc.assert(
      fc.asyncProperty(
        reports.chain((told) => {
          const steps: Step[] = ['answer', ...told.map(stepOf)]
          const again = fc.shuffledSubarray(steps.slice(1), { minLength: 0 })
          const shuffled = fc.shuffledSubarray(steps, { minLength: steps.length })
          return fc.tuple(fc.constant(steps), shuffled, again)
        }),
        async ([steps, shuffled, again]) => {
          db.close()
          fresh(channel, recipient)
          await live(channel, steps)
          const expected = seen()
          db.close()
          fresh(channel, recipient)
          await live(channel, [...shuffled, ...again])
          expect(seen()).toEqual(expected)
        },
      ),
      { numRuns: 40, seed: 20_270_808 },
    )
  })
})

describe('what one number writes', () => {
  const words = ['T', '退订', 'STOP', 'START', '恢复', '谢谢'] as const
  const replies = fc.uniqueArray(
    fc.record({ text: fc.constantFrom(...words), at: fc.integer({ min: 150, max: 158 }) }),
    { minLength: 2, maxLength: 6, selector: ({ at }) => at },
  )
  const reply = ({ text, at }: { text: string; at: number }): Step => ({
    id: `r-${at}`,
    name: 'message_replied',
    at,
    more: { text, from: '13800000001' },
  })

  test('is heard in the order of its own times, whatever order it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        replies.chain((told) => {
          const steps = told.map(reply)
          return fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length }))
        }),
        async ([steps, shuffled]) => {
          const inOrder = [...steps].sort((a, b) => (a === 'answer' || b === 'answer' ? 0 : a.at - b.at))
          db.close()
          fresh('sms', '13800000001')
          await live('sms', ['answer', ...inOrder])
          const expected = seen()
          db.close()
          fresh('sms', '13800000001')
          await live('sms', ['answer', ...shuffled, ...shuffled])
          expect(seen()).toEqual(expected)
        },
      ),
      { numRuns: 80, seed: 20_270_808 },
    )
  })
})
