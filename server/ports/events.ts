import type { CustomerEvent } from '../../shared/conditions/customer.ts'

/** An event that comes in from outside, or from the sandbox's own members. */
export interface IncomingEvent {
  readonly customerId: string
  readonly event: CustomerEvent
}
