import type { Plan } from '../compile/plan.ts'
import { matches } from '../conditions/compare.ts'
import type { CustomerEvent, Properties } from '../conditions/customer.ts'
import { comesAfter } from '../conditions/mark.ts'
import type { Reason } from '../effects/index.ts'
import { isOwn, keyOf } from '../journey/belonging.ts'
import { afterReference, referenceMark } from '../journey/reference.ts'
import type { Enrollment } from '../nodes/type.ts'
import { leave, type Step, type StepContext, zoneOf } from './step.ts'

/** What an event does to a live enrollment before its node is asked (rules 18 and 19). */
export interface Reaction {
  readonly enrollment: Enrollment
  readonly steps: readonly Step[]
  /** Ended by a goal or an exit rule: what is queued and not yet handed to a channel is taken back. */
  readonly ended: boolean
}

const entryOf = ({ entry }: Enrollment): Properties => entry.event?.properties ?? {}

function reachGoals(plan: Plan, enrollment: Enrollment, event: CustomerEvent, context: StepContext): Step[] {
  const steps: Step[] = []
  let current = enrollment
  for (const goal of plan.goals) {
    if (current.goals.includes(goal.id) || !matches(goal.filter, event, entryOf(enrollment))) continue
    if (goal.bound && !isOwn(enrollment, event, keyOf(plan.settings.reentry))) continue
    const [from, to] = goal.window(current, zoneOf(plan, context.brand))
    if (event.at < from || event.at >= to || !afterReference(current, event)) continue
    const state = goal.ends ? goal.id : current.state
    current = {
      ...current,
      state,
      wait: goal.ends ? null : current.wait,
      goals: [...current.goals, goal.id],
      steps: current.steps + 1,
    }
    steps.push({
      enrollment: current,
      effects: [{ kind: 'goal', goal: goal.id, name: event.name, event: event.id, value: event.amount ?? 0 }],
      trace: {
        seq: current.steps - 1,
        at: context.now,
        node: goal.id,
        outcome: 'reached',
        reason: { code: 'goal-reached', event: event.name, id: event.id, at: event.at, value: event.amount },
      },
      ending: goal.ends ? goal.id : null,
    })
    if (goal.ends) break
  }
  return steps
}

/** Goals are counted first, so that a purchase which also ends the journey counts as a conversion. */
export function react(
  plan: Plan,
  enrollment: Enrollment,
  event: CustomerEvent,
  context: StepContext,
): Reaction {
  const steps = reachGoals(plan, enrollment, event, context)
  const current = steps.at(-1)?.enrollment ?? enrollment
  if (steps.at(-1)?.ending) return { enrollment: current, steps, ended: true }
  const rule = plan.settings.exitWhen.find(
    ({ bound = true, ...filter }) =>
      matches(filter, event, entryOf(enrollment)) &&
      afterReference(enrollment, event) &&
      (!bound || isOwn(enrollment, event, keyOf(plan.settings.reentry))),
  )
  if (rule === undefined) return { enrollment: current, steps, ended: false }
  const reason: Reason<'exit_rule'> = { code: 'exit_rule', event: event.name, id: event.id, at: event.at }
  const left = leave(plan, current, reason, context.now)
  return { enrollment: left.enrollment, steps: [...steps, left], ended: true }
}

/**
 * What happened after the event by which somebody has just come in, and was recorded before it arrived: met in
 * its order, as if everything had come in time (rule 4).
 */
export function reactToRecorded(
  plan: Plan,
  enrollment: Enrollment,
  events: readonly CustomerEvent[],
  context: StepContext,
): Reaction {
  const mark = referenceMark(enrollment, true)
  const steps: Step[] = []
  let current = enrollment
  for (const event of events) {
    if (event.at > context.now || !comesAfter(event, mark)) continue
    const reaction = react(plan, current, event, context)
    steps.push(...reaction.steps)
    current = reaction.enrollment
    if (reaction.ended) return { enrollment: current, steps, ended: true }
  }
  return { enrollment: current, steps, ended: false }
}
