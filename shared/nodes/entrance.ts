import type { FestivalId } from '../calendar/index.ts'
import type { Span } from '../calendar/span.ts'
import type { Condition, EventFilter } from '../conditions/schema.ts'

/** A time at which customers are let in, and the festival's occurrence that it belongs to. */
export interface Firing {
  readonly at: number
  readonly anchor: { readonly festival: FestivalId; readonly date: string } | null
}

export interface ScheduleEntrance {
  readonly kind: 'schedule'
  readonly audience: Condition
  /**
   * Whether each firing is for the people of its own day: one missed in an outage is made up for as of
   * its own time. Otherwise firings missed come once, late, for whom the condition holds by then. Each zone
   * of the customers has a firing then, at its own clock's time.
   */
  readonly ownDay?: boolean
  /** The first firing after a moment. */
  readonly next: (after: number, zone: string, zones?: readonly string[]) => Firing | null
}

export interface EventEntrance {
  readonly kind: 'event'
  readonly filter: EventFilter
  readonly audience: Condition | null
}

export interface ManualEntrance {
  readonly kind: 'manual'
}

/** Whoever begins to be one of an audience, or ceases to. */
export interface MembershipEntrance {
  readonly kind: 'membership'
  readonly audience: Condition
  readonly on: 'join' | 'leave'
  /** Whether those who are of it already when it is published come in too. */
  readonly present: boolean
}

/** Whoever did one thing and, by the thing's own time, not another within a time of it. */
export interface AbsenceEntrance {
  readonly kind: 'absence'
  readonly filter: EventFilter
  readonly missing: EventFilter
  readonly within: Span
  /** Whether doing the first again within the time begins the time anew. */
  readonly restart: boolean
  /** Asked of the customer when the time is over; null: everybody. */
  readonly audience: Condition | null
}

/** Whoever comes into another journey, or leaves it. */
export interface JourneyEntrance {
  readonly kind: 'journey'
  readonly journey: string
  readonly on: 'entered' | 'left'
  /** The exits, goals or reasons by which somebody left it; none: whichever. */
  readonly endings: readonly string[]
}

interface Entrances {
  schedule: ScheduleEntrance
  event: EventEntrance
  manual: ManualEntrance
  membership: MembershipEntrance
  absence: AbsenceEntrance
  journey: JourneyEntrance
}

export type EntranceKind = keyof Entrances

/** The entrance of a kind. */
export type EntranceOf<Kind extends EntranceKind> = {
  [K in Kind]: Entrances[K] & { readonly kind: K }
}[Kind]

/** How a trigger lets customers in. */
export type Entrance = EntranceOf<EntranceKind>

/** Something said for every kind of entrance: a kind without its part does not compile. */
export type ForEntrances<Args extends readonly unknown[], Answer> = {
  readonly [Kind in EntranceKind]: (entrance: EntranceOf<Kind>, ...args: Args) => Answer
}

/** What a table says for one entrance. */
export function forEntrance<Kind extends EntranceKind, Args extends readonly unknown[], Answer>(
  table: ForEntrances<Args, Answer>,
  entrance: EntranceOf<Kind>,
  ...args: Args
): Answer {
  const entry: (entrance: EntranceOf<Kind>, ...args: Args) => Answer = table[entrance.kind]
  return entry(entrance, ...args)
}
