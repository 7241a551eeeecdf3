import { matches } from '../conditions/compare.ts'
import type { CustomerEvent } from '../conditions/customer.ts'
import { comesAfter } from '../conditions/mark.ts'
import type { Reason } from '../effects/index.ts'
import { isOwn, keyOf } from '../journey/belonging.ts'
import { afterReference, referenceMark } from '../journey/reference.ts'
import { eventSeen } from '../nodes/recall.ts'
import type { Enrollment } from '../nodes/type.ts'
import { byClaim, type EventStanding, type Hearer, reachedBy, reachGoals, takeBack } from './goals.ts'
import { leave, type Step, type StepContext } from './step.ts'

/** What an event does to an enrollment before its node is asked (rules 18 and 19). */
export interface Reaction {
  readonly enrollment: Enrollment
  readonly steps: readonly Step[]
  /** Ended by a goal or an exit rule: what is queued and not yet handed to a channel is taken back. */
  readonly ended: boolean
}

/** Out by the first exit rule that an event fits; null where it fits none, or the journey has been left. */
export function exitBy(
  { plan, leftAt }: Hearer,
  current: Enrollment,
  event: CustomerEvent,
  now: number,
): Step | null {
  if (leftAt !== null) return null
  const entry = current.entry.event?.properties ?? {}
  const key = keyOf(plan.settings.reentry)
  const rules = plan.settings.exitWhen.filter((rule) => rule.event === event.name)
  const leaves = rules.some(
    ({ bound = true, ...filter }) =>
      matches(filter, event, entry) &&
      afterReference(current, event) &&
      (!bound || isOwn(current, event, key)),
  )
  if (!leaves) return null
  const { name, id, at } = event
  const seen = eventSeen(
    event,
    rules.flatMap(({ where }) => where),
    { key },
  )
  const reason: Reason<'exit_rule'> = { code: 'exit_rule', event: name, id, at, ...seen }
  return leave(plan, current, reason, now)
}

/**
 * Goals are counted first, so that a purchase which also ends the journey counts as a conversion. Whoever has left
 * already is asked for goals alone.
 */
export function react(
  hearer: Hearer,
  event: CustomerEvent,
  standing: EventStanding,
  context: StepContext,
): Reaction {
  const back = takeBack(hearer, event, standing, context)
  const less = back.at(-1)?.enrollment ?? hearer.enrollment
  const reached = reachGoals({ ...hearer, enrollment: less }, event, standing, context)
  const steps = [...back, ...reached]
  const current = steps.at(-1)?.enrollment ?? hearer.enrollment
  if (steps.at(-1)?.ending) return { enrollment: current, steps, ended: true }
  const left = exitBy(hearer, current, event, context.now)
  if (left === null) return { enrollment: current, steps, ended: false }
  return { enrollment: left.enrollment, steps: [...steps, left], ended: true }
}

/** One passage with what an event has done to it; an error is its own, and keeps the event from no other. */
export type Heard<One extends Hearer> = { readonly hearer: One } & (
  | { readonly reaction: Reaction }
  | { readonly error: unknown }
)

/** What an event does to a customer's passages through one journey, each goal reached in one of them. */
export function reactAll<One extends Hearer>(
  hearers: readonly One[],
  event: CustomerEvent,
  standing: EventStanding,
  context: StepContext,
): Heard<One>[] {
  const counted = new Set(standing.counted)
  return byClaim(hearers, event).map((hearer) => {
    try {
      const reaction = react(hearer, event, { ...standing, counted }, context)
      for (const goal of reachedBy(reaction.steps)) counted.add(goal)
      return { hearer, reaction }
    } catch (error) {
      return { hearer, error }
    }
  })
}

/**
 * What was recorded since the reference without being heard of in this passage, met in its order as if everything
 * had come in time (rule 4): by somebody who has just come in by a late event, who could not be asked, or who has
 * lost a goal to a refund and may have reached it by another purchase. What has been met already does nothing again.
 */
export function reactToRecorded(
  hearer: Hearer,
  events: readonly CustomerEvent[],
  standingOf: (event: CustomerEvent) => EventStanding,
  context: StepContext,
): Reaction {
  const mark = referenceMark(hearer.enrollment, true)
  const steps: Step[] = []
  let current = hearer.enrollment
  for (const event of events) {
    if (event.at > context.now || !comesAfter(event, mark)) continue
    const reaction = react({ ...hearer, enrollment: current }, event, standingOf(event), context)
    steps.push(...reaction.steps)
    current = reaction.enrollment
    if (reaction.ended) return { enrollment: current, steps, ended: true }
  }
  return { enrollment: current, steps, ended: false }
}
