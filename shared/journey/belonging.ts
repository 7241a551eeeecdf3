import { type CustomerEvent, propertyOf, valueAt } from '../conditions/customer.ts'
import { isReceipt } from '../conditions/receipts.ts'
import type { Enrollment } from '../nodes/type.ts'
import type { Reentry } from './graph.ts'

/** The property by which a journey tells a customer's passages apart; null where there is but one. */
export function keyOf(reentry: Reentry): string | null {
  return reentry.kind === 'keyed' ? reentry.property : null
}

/** Whether a report is of a message that this very enrollment sent, by the node that sent it where one is named. */
export function isOwnReceipt({ id }: Enrollment, event: CustomerEvent, node: string | null): boolean {
  const { enrollment_id: sender, node: place } = event.properties
  return String(sender) === String(id) && (node === null || place === node)
}

/** Whether a report is of the message of a certain visit to its node; those of earlier releases do not tell. */
export function isOfVisit({ properties: { visit } }: CustomerEvent, last: number): boolean {
  return visit === undefined || String(visit) === String(last)
}

/** Whether an enrollment waits for events of a name. */
export function isWaitedFor({ wait }: Pick<Enrollment, 'wait'>, name: string): boolean {
  const event = wait?.event ?? null
  return event !== null && (event.event === name || event.others?.includes(name) === true)
}

/**
 * Whether an event is this passage's own: a report of a message that it sent, and, where passages are told apart
 * by a property, an event of its own value. An event that has no such property speaks of the customer, not of one
 * passage, so every passage hears of it; and so does a passage that came in without a value.
 */
export function isOwn(enrollment: Enrollment, event: CustomerEvent, key: string | null): boolean {
  if (isReceipt(event.name) && !isOwnReceipt(enrollment, event, null)) return false
  if (key === null) return true
  const own = valueAt(enrollment.entry.event?.properties ?? {}, key)
  const theirs = propertyOf(event, key)
  return own === null || theirs === null || String(own) === String(theirs)
}
