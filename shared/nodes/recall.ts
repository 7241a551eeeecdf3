import { type CustomerEvent, propertyOf, type Value } from '../conditions/customer.ts'
import type { Recall, Seen } from '../conditions/evaluate.ts'
import { isReceipt } from '../conditions/receipts.ts'
import { filtersIn, type Leaf, type PropertyTest } from '../conditions/schema.ts'
import type { Json, Reason } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'

/**
 * What a decision saw, as the trace keeps it, and read back from there: by that a replay comes to the same decision
 * without the store (rule 27).
 */

const nameOf = (test: Leaf): string => {
  if (test.kind === 'attribute' || test.kind === 'anniversary') return test.name
  if (test.kind === 'tag') return test.tag
  if (test.kind === 'contact') return `${test.channel} ${test.state}`
  if (test.kind === 'audience') return test.audience
  if (test.kind === 'events') return `${test.measure} ${test.event}`
  if (test.kind === 'sequence')
    return filtersIn(test)
      .map(({ event }) => event)
      .join(' > ')
  if (test.kind === 'picks') return ['picks', ...test.where.map(({ field }) => field)].join(' ')
  return test.kind === 'history' ? test.node : test.property
}

const copied = (value: Value | null): Json => (Array.isArray(value) ? [...value] : (value as Json))

/** What a test saw, small enough for the trace. */
export function seenOf({ test, actual, holds }: Seen): Json {
  return { kind: test.kind, name: nameOf(test), actual: copied(actual), holds }
}

const isRecord = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Tests are asked again in the order in which they were tried. Problem `trace-unfit` where another was. */
export function recallSeen(reason: Reason): Recall {
  const seen = Array.isArray(reason.seen) ? reason.seen : []
  let next = 0
  return (test) => {
    const one: Json | undefined = seen[next]
    next += 1
    if (!isRecord(one) || one.kind !== test.kind || one.name !== nameOf(test))
      throw new Problem('trace-unfit', { what: `${test.kind} ${nameOf(test)}` })
    return { actual: (one.actual ?? null) as Value | null, holds: one.holds === true }
  }
}

/** A reason as its node gave it: why the node was asked is added by the step. */
export function unwoken({ wake: _wake, ...reason }: Reason): Reason {
  return reason
}

/** Properties that a decision may look at beside those of its tests. */
export interface Bound {
  /** The property that tells a customer's passages apart; null where there is but one. */
  readonly key: string | null
  readonly coupon?: boolean
}

/** The place of an event among the customer's, and of its values those that a decision looked at. */
export function eventSeen(event: CustomerEvent, tests: readonly PropertyTest[], { key, coupon }: Bound) {
  const values: [string, Json][] = []
  const look = (name: string) => {
    const value = propertyOf(event, name)
    if (value !== null) values.push([name, copied(value)])
  }
  for (const { property } of tests) look(property)
  if (key !== null) look(key)
  if (coupon === true) look('code')
  if (isReceipt(event.name)) for (const name of ['node', 'visit']) look(name)
  const { seq = null } = event
  return values.length === 0 ? { seq } : { seq, values: Object.fromEntries(values) }
}

/** The event of which a reason tells, as far as the decision looked at it; null where it tells of none. */
export function recallEvent(reason: Reason, enrollment: number): CustomerEvent | null {
  const { event: name, id, at, seq, values } = reason
  if (typeof name !== 'string' || typeof id !== 'string' || typeof at !== 'number') return null
  const { amount = null, ...properties } = isRecord(values) ? values : {}
  const own = isReceipt(name) ? { enrollment_id: enrollment, ...properties } : properties
  return {
    id,
    name,
    at,
    amount: typeof amount === 'number' ? amount : null,
    // Written by `eventSeen` alone.
    properties: own as CustomerEvent['properties'],
    ...(typeof seq === 'number' ? { seq } : {}),
  }
}
