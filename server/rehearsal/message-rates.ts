import { type RateName, type RateSource, type RatesByHand, usualRates } from '../../shared/api/rehearsal.ts'
import type { Answers } from '../ports/rehearsal.ts'

/** Fewer messages or coupons than this say little about any rate. */
const leastMessages = 500
const leastCoupons = 50

/** Shares that one part of the past has; null where it has too little to say. */
export type Shares = Readonly<Record<RateName, number | null>>

const share = (count: number, of: number, least: number) =>
  of < least ? null : Math.round((count / of) * 10_000) / 10_000

/** Of the orders within two days after a message, those are its own that are more than people make anyway. */
export function sharesOf(answers: Answers, unprompted: number | null): Shares {
  const { messages, telling, opened, clicked, replied, bought, issued, redeemed } = answers
  const followed = share(bought, messages, leastMessages)
  const anyway = 1 - (1 - (unprompted ?? 0)) ** 2
  return {
    open: share(opened, telling, leastMessages),
    click: share(clicked, messages, leastMessages),
    reply: share(replied, messages, leastMessages),
    purchase: followed === null ? null : Math.max(0, Math.round((followed - anyway) * 10_000) / 10_000),
    redeem: share(redeemed, issued, leastCoupons),
    unprompted,
  }
}

const nothing: Answers = {
  messages: 0,
  telling: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  bought: 0,
  issued: 0,
  redeemed: 0,
}

export function answersTogether(all: readonly Answers[]): Answers {
  return all.reduce(
    (sum, one) => ({
      messages: sum.messages + one.messages,
      telling: sum.telling + one.telling,
      opened: sum.opened + one.opened,
      clicked: sum.clicked + one.clicked,
      replied: sum.replied + one.replied,
      bought: sum.bought + one.bought,
      issued: sum.issued + one.issued,
      redeemed: sum.redeemed + one.redeemed,
    }),
    nothing,
  )
}

/** A rate, and the first of a person's word, the same weeks, the whole past, and custom that has it. */
export interface Chosen {
  readonly source: RateSource
  readonly rate: number
}

export function chosen(
  name: RateName,
  byHand: RatesByHand,
  sameWeeks: Shares | null,
  wholeHistory: Shares,
): Chosen {
  const hand = byHand[name]
  if (hand !== undefined) return { source: 'by_hand', rate: hand }
  const same = sameWeeks?.[name] ?? null
  if (same !== null) return { source: 'same_weeks', rate: same }
  const whole = wholeHistory[name]
  return whole === null
    ? { source: 'usual', rate: usualRates[name] }
    : { source: 'whole_history', rate: whole }
}

/** Something for each rate. */
export function perRate<T>(of: (name: RateName) => T): Record<RateName, T> {
  return {
    open: of('open'),
    click: of('click'),
    reply: of('reply'),
    purchase: of('purchase'),
    redeem: of('redeem'),
    unprompted: of('unprompted'),
  }
}
