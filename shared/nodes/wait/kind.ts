import type { FestivalId } from '../../calendar/index.ts'
import type { Customer } from '../../conditions/customer.ts'
import type { NoMoment } from '../../conditions/own-moment.ts'
import type { Locale } from '../../text.ts'
import type { FactNeeds, Finding, PassageInput, StayInput } from '../type.ts'

/** What a target depends on besides its configuration: who waits, and since when. */
export interface Waiting {
  readonly arrivedAt: number
  /** The customer's own zone, else the journey's. */
  readonly zone: string
  /** The journey's, in which festivals are counted. */
  readonly journeyZone: string
  readonly anchors: Readonly<Partial<Record<FestivalId, string>>>
  readonly customer: Customer
}

/** The earliest and the latest end of a wait; null where it cannot be known beforehand. */
export type Bounds = readonly [earliest: number, latest: number] | null

/** All that one kind of wait is. */
export interface WaitKind<U> {
  /** The moment waited for, or why this customer has none. Depends on nothing but the arguments. */
  readonly target: (until: U, who: Waiting) => number | NoMoment
  /** Rule 11: the least that surely passes at every visit, for whoever comes before `latest`. */
  readonly stay: (until: U, latest: StayInput['latest']) => number
  /** The least from one opening to the next where nobody goes on twice by one; 0 where there is but one. */
  readonly recurs: (until: U) => number
  readonly passage: (until: U, input: PassageInput) => Bounds
  /** The sentence on the card. */
  readonly say: (until: U, locale: Locale) => string
  readonly check: (until: U, at: { readonly now: number; readonly zone: string }) => readonly Finding[]
  readonly needs: FactNeeds
  /**
   * Of what opens again and again: the moment at or after `at` at which it is open. Null for a target that comes
   * once: whoever misses that has missed it.
   */
  readonly open: ((until: U, at: number, zone: string) => number) | null
}

/** Nothing is asked of the customer, and nothing found. */
export const plainKind = {
  check: (): readonly Finding[] => [],
  needs: {},
  recurs: () => 0,
  open: null,
} as const
