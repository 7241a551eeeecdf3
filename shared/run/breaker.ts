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

/** The marketing messages among a step's effects: those that the breaker counts. */
export function promotionsIn(effects: readonly Effect[]): Extract<Effect, { kind: 'send' }>[] {
  return effects.flatMap((effect) =>
    effect.kind === 'send' && effect.purpose === 'marketing' ? [effect] : [],
  )
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
  effects: readonly Effect[],
  sentTo: (address: string) => number,
): OneTooMany | null {
  const limit = mostPerHourOf(plan.settings)
  const more = new Map<string, number>()
  for (const { to, channel } of promotionsIn(effects)) {
    more.set(to, (more.get(to) ?? 0) + 1)
    if (sentTo(to) + (more.get(to) ?? 0) > limit) return { address: to, channel, limit }
  }
  return null
}

/** Why a journey pauses itself instead of taking a step; null where it may. */
export function tripOf(
  plan: Plan,
  { state, customerId }: Enrollment,
  effects: readonly Effect[],
  sentTo: (address: string) => number,
  now: number,
): Trip | null {
  const found = oneTooMany(plan, effects, sentTo)
  if (found === null) return null
  const { channel, limit } = found
  return { at: now, node: state, customerId, channel, limit }
}
