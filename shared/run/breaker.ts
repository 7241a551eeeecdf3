import type { AddressKind } from '../channels/definition.ts'
import { channelOf } from '../channels/index.ts'
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

const none: readonly Promotion[] = []

/** The marketing messages among a step's effects. */
export function promotionsIn(effects: readonly Effect[]): readonly Promotion[] {
  return effects.length === 0 ? none : effects.filter(isPromotion)
}

const toAddress = (_customerId: string, { to }: Promotion): string => to

/** Parts a channel from a customer's id, which holds no control characters. */
export const readerMark = '\n'

/** Who reads what goes to each kind of address. All customers share the URL of a node: there it is each of them. */
const readers = {
  phone: toAddress,
  email: toAddress,
  external_userid: toAddress,
  openid: toAddress,
  customer: toAddress,
  url: (customerId, { channel }) => `${channel}${readerMark}${customerId}`,
} as const satisfies Record<AddressKind, (customerId: string, promotion: Promotion) => string>

/** The reader of a message, by whom the breaker counts: an address, or on a channel without any a customer. */
export function readerOf(customerId: string, promotion: Promotion): string {
  return readers[channelOf(promotion.channel).address](customerId, promotion)
}

/** A message that would be one too many for its reader. */
export interface OneTooMany {
  readonly address: string
  readonly channel: string
  readonly limit: number
}

/**
 * The first of a step's messages that would be too much for its reader, given how many marketing messages the
 * journey has sent to each in the last hour; null where it may go.
 */
export function oneTooMany(
  plan: Plan,
  customerId: string,
  promotions: readonly Promotion[],
  sent: ReadonlyMap<string, number>,
): OneTooMany | null {
  const limit = mostPerHourOf(plan.settings)
  // Made for the second message alone: nearly all steps send one.
  let before: Map<string, number> | null = null
  for (const promotion of promotions) {
    const { channel, to: address } = promotion
    const reader = readerOf(customerId, promotion)
    const count = (sent.get(reader) ?? 0) + (before?.get(reader) ?? 0) + 1
    if (count > limit) return { address, channel, limit }
    if (promotions.length === 1) break
    before ??= new Map()
    before.set(reader, (before.get(reader) ?? 0) + 1)
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
  const found = oneTooMany(plan, customerId, promotions, sent)
  if (found === null) return null
  const { channel, limit } = found
  return { at: now, node: state, customerId, channel, limit }
}
