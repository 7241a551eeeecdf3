import type { CustomerEvent } from '../conditions/customer.ts'
import { comesAfter, type EventMark, momentMark } from '../conditions/mark.ts'
import type { Enrollment } from '../nodes/type.ts'

/**
 * Rule 4: what "since entry", goals and exit rules count from. Whoever came in by an event did so at the
 * event's own time, however late it arrived; everybody else on coming in. In enrollments of earlier releases,
 * which did not keep the event's time, on coming in too.
 */
export function referenceAt({ entry, enteredAt }: Enrollment): number {
  return entry.event?.at ?? enteredAt
}

/** The reference as a place among the customer's events; `recorded`: for events that were there already. */
export function referenceMark(enrollment: Enrollment, recorded: boolean): EventMark {
  const { event } = enrollment.entry
  const moment = momentMark(referenceAt(enrollment), recorded && event?.at === undefined)
  return event === null ? moment : { ...moment, ...identityOf(event) }
}

function identityOf({ id, name, seq }: NonNullable<Enrollment['entry']['event']>) {
  return { id, ...(name === undefined ? {} : { name }), ...(seq === undefined ? {} : { seq }) }
}

/** Whether an event that arrives now happened after the reference. */
export function afterReference(enrollment: Enrollment, event: CustomerEvent): boolean {
  return comesAfter(event, referenceMark(enrollment, false))
}

/**
 * Rule 8: where a wait begins among the customer's events. Where an event has brought the enrollment here, it
 * begins with that event's own time, which may lie before its arrival: what was done between the two was done
 * after it. Else it begins on arrival.
 */
export function waitMark(enrollment: Enrollment, recorded: boolean): EventMark {
  return enrollment.by ?? momentMark(enrollment.arrivedAt, recorded)
}
