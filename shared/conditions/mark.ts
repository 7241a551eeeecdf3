import type { CustomerEvent } from './customer.ts'

/**
 * A place in the line of a customer's events: an event, or a moment. Events stand in the order of their own
 * time, then of arrival (rule 24), so that an event and one of the same moment are told apart.
 */
export interface EventMark {
  /** Epoch milliseconds of the event's own time. */
  readonly at: number
  readonly id?: string
  readonly name?: string
  /** Order of arrival; an event without one was not recorded, but drawn or told by a test. */
  readonly seq?: number
}

export function markOf({ id, name, at, seq }: CustomerEvent): EventMark {
  return seq === undefined ? { id, name, at } : { id, name, at, seq }
}

/** A moment, of which what arrives from now on counts, and what has been recorded of it does not. */
export function momentMark(at: number, recorded: boolean): EventMark {
  return recorded ? { at, seq: Number.POSITIVE_INFINITY } : { at }
}

/** Whether an event stands after a mark; an event never stands after itself. */
export function comesAfter(event: CustomerEvent, mark: EventMark): boolean {
  const itself = event.id === mark.id && (mark.name === undefined || event.name === mark.name)
  if (itself) return false
  if (event.at !== mark.at) return event.at > mark.at
  return (event.seq ?? Number.POSITIVE_INFINITY) > (mark.seq ?? Number.NEGATIVE_INFINITY)
}
