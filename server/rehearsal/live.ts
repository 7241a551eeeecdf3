import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import type { Hearer } from '../../shared/run/goals.ts'
import type { Arrival } from './world.ts'

/** A passage of somebody who is rehearsed. */
export interface Live extends Hearer {
  readonly plan: Plan
  /** Of another journey: its messages count towards the caps, and nothing else of it is told. */
  readonly other: boolean
  enrollment: Enrollment
  leftAt: number | null
  /** Of one that has left: before when events still reach its goals; null: none does. */
  countsUntil: number | null
}

export const underWay = { leftAt: null, countsUntil: null }

export const isOwn = ({ other }: Live): boolean => !other

/** When it is looked at next if nothing happens before. */
export function dueOf({ enrollment: { wait, arrivedAt } }: Live): number {
  return wait === null ? arrivedAt : (wait.until ?? Number.POSITIVE_INFINITY)
}

/** When the first of some is looked at next; infinite where none is by itself. */
export function nextDueOf(some: readonly Live[]): number {
  let next = Number.POSITIVE_INFINITY
  for (const live of some) next = Math.min(next, dueOf(live))
  return next
}

/** Whether a goal of somebody who has left may be reached at a moment, or taken back. */
export const mayCount = ({ countsUntil, enrollment }: Live, at: number): boolean =>
  (countsUntil !== null && at < countsUntil) || Object.keys(enrollment.goals).length > 0

/** The goals that an event has reached for somebody. */
export const goalsBy = ({ enrollment: { goals } }: Live, { name, id }: CustomerEvent): string[] =>
  Object.entries(goals).flatMap(([goal, by]) => (by.name === name && by.id === id ? [goal] : []))

/** What happens at one moment happens in this order, as in the engine. */
export const kinds = ['event', 'firing', 'arrival', 'timer', 'look'] as const
export type Kind = (typeof kinds)[number]

/** Somebody on the way from node to node, with no time passing. */
export interface Mover {
  readonly journey: string
  readonly node: string
  readonly enteredAt: number
  /** Lets the node decide; whoever goes on is among the movers again. */
  readonly step: () => void
}

/** Events of one moment stand in the order of their arrival; whoever comes by none comes after them (rule 24). */
const seqOf = ({ event }: Arrival): number =>
  event === null ? Number.POSITIVE_INFINITY : (event.seq ?? Number.POSITIVE_INFINITY)

/** Arrivals in the order in which the engine lets in. */
export function byTime(a: Arrival, b: Arrival): number {
  if (a.at !== b.at) return a.at - b.at
  const [one, other] = [seqOf(a), seqOf(b)]
  return one === other ? 0 : one - other
}

/** Whether an event is heard after somebody has come in, by an event of that moment or later. */
export function comesLater({ at, seq }: CustomerEvent, arrival: Arrival): boolean {
  return at === arrival.at ? (seq ?? Number.NEGATIVE_INFINITY) > seqOf(arrival) : at > arrival.at
}

/** Where an event stands that is foreseen: behind all of its time or earlier, and behind all that has happened. */
export function placeAfter(events: readonly CustomerEvent[], happened: number, at: number): number {
  let from = happened
  let to = events.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((events[middle]?.at ?? at) > at) to = middle
    else from = middle + 1
  }
  return from
}
