import { terminalActor } from '../../../shared/audit/actor.ts'
import { historyOf } from '../../../shared/conditions/history.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import type { Act } from '../../ports/acts.ts'
import type { AskStore } from '../../ports/asks.ts'
import type { Claimant } from '../../ports/claims.ts'
import type { ClaimRequest, OutboxStore } from '../../ports/dispatch.ts'
import type { Change, EngineStore } from '../../ports/engine.ts'
import type { BrandStore } from '../../ports/store.ts'
import { testClock } from '../../testing/clock.ts'
import { by, sketch } from '../../testing/sketch.ts'

/** One implementation of the ports, empty and thrown away afterwards. */
export interface Contracted {
  readonly stores: BrandStore
  readonly engine: EngineStore
  readonly outbox: OutboxStore
  readonly asks: AskStore
  /** Another process over the same data. */
  another(): Promise<Contracted>
  /** Members with a phone, by their ids. */
  admit(ids: readonly string[]): Promise<void>
  close(): Promise<void>
}

export type OpenContracted = () => Promise<Contracted>

export const now = Date.parse('2026-08-01T10:00:00+08:00')
export const brand = brandSchema.parse({ name: { en: 'Contract' }, signature: 'Contract', quietHours: null })
export const act: Act = { actor: terminalActor, at: now, realAt: now }

export const drawn = (text = '您好'): Journey =>
  sketch({
    id: 'welcome',
    nodes: { hand: by.hand(), rest: by.rest('1 day'), hello: by.sms(text), done: by.exit() },
    flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
  })

/** The journey `welcome`, live in its first version. */
export async function live({ stores }: Contracted, journey = drawn()): Promise<void> {
  const { id, revision } = await stores.journeys.create(act, journey)
  await stores.journeys.publish(act, id, { revision, brand, registry })
}

/** A worker whose clock is moved by hand. */
export function worker(name: string, shards: Claimant['shards'] = [0, 255], leaseMs = 60_000) {
  const clock = testClock(now)
  const by: Claimant = { worker: name, shards, leaseMs, now: clock.now, elapsed: clock.elapsed }
  return { clock, by }
}

/** A customer who comes in and waits at `rest` until a time. */
export function coming(id: number, customerId: string, until: number): Change {
  return {
    enrollment: {
      id,
      journeyId: 'welcome',
      version: 1,
      customerId,
      state: 'rest',
      enteredAt: now,
      arrivedAt: now,
      control: false,
      entry: { trigger: 'hand', timezone: null, event: null, anchors: {} },
      history: historyOf({ 'hand.entered': 1 }),
      coupons: {},
      goals: {},
      wait: { until, event: null, cause: null },
      by: null,
      steps: 1,
    },
    entryKey: '',
    before: null,
    from: null,
    hadFailed: false,
    moves: [
      {
        trace: { seq: 0, at: now, node: 'hand', outcome: 'entered', reason: { code: 'entered' } },
        to: 'rest',
      },
    ],
    effects: [],
    decided: true,
    ending: null,
    leftAt: null,
    countsUntil: null,
    withdraw: false,
    carried: null,
    failure: null,
  }
}

/** The same customer, with a message queued on the way. */
export function writtenTo(change: Change): Change {
  const send = {
    kind: 'send',
    channel: 'sms',
    to: '19900000001',
    subject: null,
    text: '您好',
    format: 'text',
    purpose: 'marketing',
    parts: 1,
    costMilli: 50,
    coupon: null,
    model: null,
  } as const
  return { ...change, effects: [{ node: 'hello', visit: 1, at: now, effect: send }] }
}

/** The same customer, who waits for somebody's answer meanwhile. */
export function asking(change: Change): Change {
  const request = {
    to: 'model',
    channel: 'sms',
    sop: '您好',
    instructions: '',
    facts: {},
    maxChars: 140,
  } as const
  return { ...change, effects: [{ node: 'rest', visit: 1, at: now, effect: { kind: 'ask', request } }] }
}

/** A worker's claim of messages that may all be sent. */
export const claiming = (by: ClaimRequest['by'], limit = 10, begins = false): ClaimRequest => ({
  by,
  channel: 'sms',
  now,
  limit,
  begins,
  verdict: () => ({ kind: 'send' }),
})
