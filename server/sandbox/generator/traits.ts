import { day } from './calendar.ts'
import type { Category } from './catalogue.ts'
import { type Key, keyOf, Random } from './random.ts'
import type { CustomerRow } from './rows.ts'
import { everydayTastes, type Mood } from './seasons.ts'

/** The random streams; a new one goes to the end, for the order is part of every seed's world. */
export const streams = {
  traits: 0,
  profile: 1,
  orders: 2,
  occasions: 3,
  firstOrder: 4,
  browsing: 5,
  reaction: 6,
  newcomers: 7,
} as const

export type Person = Pick<CustomerRow, 'id' | 'gender' | 'registeredAt'>

/** What nobody sees of a member, and all behaviour follows from. */
export interface Traits {
  key: Key
  /** how often this member buys, 1 being the mean */
  warmth: number
  /** how often this member looks without buying, 1 being the mean */
  curiosity: number
  moods: Record<Mood, number>
  /** buys for Qixi nearly every year */
  qixiLoyal: boolean
  favourite: Category
  /** what this member likes to spend on one thing, in fen */
  budget: number
  /** when the brand loses this member, unnoticed */
  leavesAt: number
  /** when this member adds the brand on WeCom, if ever */
  befriendsAt: number | null
  /** readiness to open and click, and to buy on a message, 1 being the mean */
  attention: number
  persuadable: number
}

/**
 * The hidden traits of a member. Purchases follow the Pareto/NBD picture (Schmittlein, Morrison and
 * Colombo 1987): gamma-distributed rates, and lifetimes that are exponential with gamma-distributed rates.
 */
export function traitsOf(seed: number, person: Person): Traits {
  const key = keyOf(seed, person.id)
  const random = new Random(key, streams.traits)
  const since = person.registeredAt ?? 0
  const guess = random.chance(0.6) ? 'female' : 'male'
  const lifetime = random.exponential(4.2 * 365 * day) / Math.max(0.05, random.gamma(1.6))
  const warmth = random.gamma(0.8)
  return {
    key,
    warmth,
    curiosity: random.gamma(0.9),
    moods: { romance: random.gamma(1.6), family: random.gamma(1.4), bargain: random.gamma(1.2) },
    qixiLoyal: random.chance(0.06),
    favourite: everydayTastes[person.gender ?? guess].draw(random),
    budget: 18_500 * Math.exp(0.55 * random.normal()),
    leavesAt: since + lifetime,
    befriendsAt: random.chance(0.45) ? Math.ceil(since + random.exponential(500 * day)) : null,
    attention: random.gamma(2.5),
    persuadable: (0.6 + 0.4 * warmth) * random.gamma(1.5),
  }
}
