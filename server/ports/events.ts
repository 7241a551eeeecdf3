import type { IdentifierRef } from '../../shared/api/persons.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { ErrorCode } from '../../shared/errors/index.ts'

/** An event that comes in from outside, or from the sandbox's own members. */
export interface IncomingEvent {
  readonly customerId: string
  readonly event: CustomerEvent
}

/** The same, of whoever has an identifier, in its one form. */
export interface NamedEvent {
  readonly by: IdentifierRef
  readonly event: CustomerEvent
}

/** Why an event is not taken, in the words of the problem of that code. */
export interface EventFault {
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number>>
}

/**
 * What became of one event. A duplicate has an id seen before for that customer and name, and is ignored (rule
 * 24). One that was taken may be noted: it is kept, but not as what it claims to be.
 */
export type EventOutcome =
  | { readonly status: 'accepted'; readonly note?: EventFault }
  | { readonly status: 'duplicate' }
  | { readonly status: 'refused'; readonly fault: EventFault }

export interface TakenEvents {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
  /** One for each event, in their order. */
  readonly outcomes: readonly EventOutcome[]
}
