import type { Customer } from '../conditions/customer.ts'
import type { DecideInput, Enrollment, Facts } from '../nodes/type.ts'

/** What is loaded of a customer for one decision; the rest stands in the enrollment. */
export type LoadedFacts = Omit<Facts, 'history' | 'entry'>

const none: readonly never[] = []
const nothing: ReadonlySet<string> = new Set()

/** Stands where a node has asked for no customer. */
export const nobody: Customer = {
  id: '',
  name: null,
  phone: null,
  email: null,
  gender: null,
  birthday: null,
  city: null,
  registeredAt: null,
  timezone: null,
  language: null,
  consentSms: null,
  consentEmail: null,
  blacklisted: false,
  unsubscribed: [],
  closed: {},
  attributes: {},
}

/** For nodes that ask for nothing. */
export const noFacts: LoadedFacts = {
  customer: nobody,
  tags: nothing,
  audiences: nothing,
  events: none,
  touches: none,
  reply: null,
  picks: none,
  coupons: null,
}

const noProperties: Facts['entry'] = {}

/** THE builder of what a node may know: what was loaded of the customer, and what the enrollment remembers. */
export function factsOf(enrollment: Enrollment, loaded: LoadedFacts): DecideInput['facts'] {
  // Field by field: spreading costs a third of the step on the hot path.
  return {
    customer: loaded.customer,
    tags: loaded.tags,
    audiences: loaded.audiences,
    events: loaded.events,
    touches: loaded.touches,
    reply: loaded.reply,
    picks: loaded.picks,
    coupons: loaded.coupons,
    history: enrollment.history,
    entry: enrollment.entry.event?.properties ?? noProperties,
    paused: loaded.paused,
  }
}
