import type { RateName } from '../../shared/api/rehearsal.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { timesLeft } from '../../shared/conditions/history.ts'
import type { Effect } from '../../shared/effects/index.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { unit } from '../../shared/stats/hash.ts'
import type { Assumptions } from './assumptions.ts'
import { type Heeded, isHeeded } from './world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** What one message is followed by, and how long after it at the earliest and at the latest. */
const reactions: readonly {
  readonly rate: RateName
  readonly event: string
  readonly fromMs: number
  readonly toMs: number
  readonly channels: readonly string[] | null
}[] = [
  {
    rate: 'open',
    event: 'message_opened',
    fromMs: minuteMs,
    toMs: 24 * hourMs,
    channels: ['email', 'in_app'],
  },
  { rate: 'click', event: 'message_clicked', fromMs: 2 * minuteMs, toMs: 24 * hourMs, channels: null },
  { rate: 'reply', event: 'message_replied', fromMs: 5 * minuteMs, toMs: 12 * hourMs, channels: null },
  { rate: 'purchase', event: 'order', fromMs: 10 * minuteMs, toMs: 48 * hourMs, channels: null },
]

const delivered = 'message_delivered'
const redeemed = 'coupon_redeemed'

/**
 * The events that follow a message under the assumption *rates* (rule 29), drawn by a hash of customer,
 * node and visit, so that two rehearsals draw alike. Most react soon, and ever fewer later. Each is drawn for itself, so
 * that those of which nobody takes heed can be left out.
 */
function drawReactions(
  { rates, amount }: Pick<Assumptions, 'rates' | 'amount'>,
  enrollment: Enrollment,
  visit: number,
  effect: Extract<Effect, { kind: 'send' }>,
  at: number,
  heeded: Heeded,
): CustomerEvent[] {
  const { journeyId, customerId, state } = enrollment
  const key = [journeyId, customerId, state, visit] as const
  const properties = {
    node: state,
    visit,
    journey_id: journeyId,
    enrollment_id: enrollment.id,
    channel: effect.channel,
  }
  const made = (
    name: string,
    time: number,
    value: number | null,
    more: Record<string, string> = {},
  ): CustomerEvent => ({
    id: `rehearsed:${customerId}:${state}:${visit}:${name}`,
    name,
    at: time,
    amount: value,
    properties: { ...properties, ...more },
  })
  const events = isHeeded(heeded, delivered) ? [made(delivered, at + 1000, null)] : []
  for (const { rate, event, fromMs, toMs, channels } of reactions) {
    if (!isHeeded(heeded, event) || (channels !== null && !channels.includes(effect.channel))) continue
    if (unit(...key, event) >= rates[rate]) continue
    const delay = Math.round(fromMs + unit(...key, event, 'delay') ** 3 * (toMs - fromMs))
    events.push(made(event, at + delay, event === 'order' ? amount(unit(...key, 'amount')) : null))
  }
  if (!isHeeded(heeded, redeemed)) return events
  if (effect.coupon !== null && unit(...key, 'redeem') < rates.redeem) {
    const delay = Math.round((1 + unit(...key, 'redeem', 'delay') * 95) * hourMs)
    events.push(made(redeemed, at + delay, null, { code: effect.coupon }))
  }
  return events
}

/** What follows the messages among effects, each drawn by which visit to its node it is of. */
export function reactionsTo(
  assumed: Pick<Assumptions, 'rates' | 'amount'>,
  before: Enrollment,
  effects: readonly Effect[],
  at: number,
  heeded: Heeded,
): CustomerEvent[] {
  const sent = effects.filter((effect) => effect.kind === 'send')
  if (sent.length === 0) return []
  const visit = timesLeft(before.history, before.state) + 1
  return sent.flatMap((effect) => drawReactions(assumed, before, visit, effect, at, heeded))
}
