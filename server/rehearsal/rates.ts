import type { RateName } from '../../shared/api/rehearsal.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Effect } from '../../shared/effects/index.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { unit } from '../../shared/stats/hash.ts'
import type { Assumptions } from './assumptions.ts'

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

/**
 * The events that follow a message under the assumption *rates* (rule 29), drawn by a hash of customer,
 * node and visit, so that two rehearsals draw alike. Most react soon, and ever fewer later.
 */
export function drawReactions(
  { rates, amount }: Pick<Assumptions, 'rates' | 'amount'>,
  enrollment: Enrollment,
  visit: number,
  effect: Extract<Effect, { kind: 'send' }>,
  at: number,
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
  const events = [made('message_delivered', at + 1000, null)]
  for (const { rate, event, fromMs, toMs, channels } of reactions) {
    if (channels !== null && !channels.includes(effect.channel)) continue
    if (unit(...key, event) >= rates[rate]) continue
    const delay = Math.round(fromMs + unit(...key, event, 'delay') ** 3 * (toMs - fromMs))
    events.push(made(event, at + delay, event === 'order' ? amount(unit(...key, 'amount')) : null))
  }
  if (effect.coupon !== null && unit(...key, 'redeem') < rates.redeem) {
    const delay = Math.round((1 + unit(...key, 'redeem', 'delay') * 95) * hourMs)
    events.push(made('coupon_redeemed', at + delay, null, { code: effect.coupon }))
  }
  return events
}
