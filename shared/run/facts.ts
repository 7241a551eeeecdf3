import type { DecideInput, Enrollment, Facts } from '../nodes/type.ts'

/** What is loaded of a customer for one decision; the rest stands in the enrollment. */
export type LoadedFacts = Omit<Facts, 'history' | 'entry'>

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
    history: enrollment.history,
    entry: enrollment.entry.event?.properties ?? noProperties,
  }
}
