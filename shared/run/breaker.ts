import type { Plan } from '../compile/plan.ts'
import type { Effect } from '../effects/index.ts'
import { mostPerHourOf } from '../journey/graph.ts'
import type { Enrollment } from '../nodes/type.ts'

/** How far back the breaker looks (ms). */
export const breakerWindowMs = 3_600_000

/** Rule 11: what a journey was about to send when it paused itself. */
export interface Trip {
  readonly at: number
  readonly node: string
  readonly customerId: string
  readonly channel: string
  /** Messages to one address within an hour that the journey may send. */
  readonly limit: number
}

/** A marketing message: what the breaker counts. */
export type Promotion = Extract<Effect, { kind: 'send' }>

const isPromotion = (effect: Effect): effect is Promotion =>
  effect.kind === 'send' && effect.purpose === 'marketing'

/** The marketing messages among a step's effects. */
export function promotionsIn(effects: readonly Effect[]): Promotion[] {
  return effects.filter(isPromotion)
}

/** A message that would be one too many for its address. */
export interface OneTooMany {
  readonly address: string
  readonly channel: string
  readonly limit: number
}

/**
 * The first of a step's messages that would be too much for its address, given how many marketing messages
 * the journey has sent to each address in the last hour; null where it may go.
 */
export function oneTooMany(
  plan: Plan,
  promotions: readonly Promotion[],
  sent: ReadonlyMap<string, number>,
): OneTooMany | null {
  const limit = mostPerHourOf(plan.settings)
  for (const [index, { to, channel }] of promotions.entries()) {
    let count = (sent.get(to) ?? 0) + 1
    for (let before = 0; before < index; before += 1) if (promotions[before]?.to === to) count += 1
    if (count > limit) return { address: to, channel, limit }
  }
  return null
}

/** Why a journey pauses itself instead of taking a step; null where it may. */
export function tripOf(
  plan: Plan,
  { state, customerId }: Enrollment,
  promotions: readonly Promotion[],
  sent: ReadonlyMap<string, number>,
  now: number,
): Trip | null {
  const found = oneTooMany(plan, promotions, sent)
  if (found === null) return null
  const { channel, limit } = found
  return { at: now, node: state, customerId, channel, limit }
}
