import type { Plan } from '../compile/plan.ts'
import { matches } from '../conditions/compare.ts'
import { type CustomerEvent, propertyOf, valueAt } from '../conditions/customer.ts'
import { orderEvent, refundEvent, refundedOrder, worthOf } from '../conditions/purchases.ts'
import type { Json } from '../effects/index.ts'
import { isOwn, keyOf } from '../journey/belonging.ts'
import type { Brand } from '../journey/brand.ts'
import { afterReference, referenceAt } from '../journey/reference.ts'
import { eventSeen } from '../nodes/recall.ts'
import type { Enrollment, GoalWatch, ReachedGoal } from '../nodes/type.ts'
import { type GoalReason, goalReason, goalReasons, type Step, type StepContext, zoneOf } from './step.ts'

/** A customer's passage through a journey that may hear of an event. */
export interface Hearer {
  readonly plan: Plan
  readonly enrollment: Enrollment
  /** When it left the journey; null while it is under way. */
  readonly leftAt: number | null
}

/** Before when events reach goals whose windows cannot be told: they are asked when an event comes. */
export const untold = Number.MAX_SAFE_INTEGER

/** What is known of an event beside itself, at the moment at which it is met. */
export interface EventStanding {
  /** The journey's goals that it has reached already, in whichever passage. */
  readonly counted: ReadonlySet<string>
  /** What the order is still worth that it is, or for which it gives money back; null: that is undone. */
  readonly worth: number | null
}

const none: ReadonlySet<string> = new Set()

/** The order that an event is, or of which it tells that money was given back; null for any other event. */
export function orderOf({ name, id, properties }: CustomerEvent): string | null {
  if (name === orderEvent) return id
  return name === refundEvent ? refundedOrder(properties) : null
}

/** How an event stands, told what has been given back by now for its order, which has that amount. */
export function standingOf(
  event: CustomerEvent,
  { amount = event.amount, back = 0 }: { readonly amount?: number | null; readonly back?: number } = {},
  counted: ReadonlySet<string> = none,
): EventStanding {
  return { counted, worth: orderOf(event) === null ? (event.amount ?? 0) : worthOf(amount, back) }
}

/** How events stand among those known of a customer by a moment; nothing has been counted for another passage. */
export function standingAmong(
  events: readonly CustomerEvent[],
  now: number,
): (event: CustomerEvent, counted?: ReadonlySet<string>) => EventStanding {
  return (event, counted) => {
    const order = orderOf(event)
    if (order === null) return standingOf(event, {}, counted)
    let back = 0
    let amount = event.name === orderEvent ? event.amount : null
    for (const one of events) {
      if (one.at > now) continue
      if (one.name === orderEvent && one.id === order) amount = one.amount
      if (one.name === refundEvent && refundedOrder(one.properties) === order) back += one.amount ?? 0
    }
    return standingOf(event, { amount, back }, counted)
  }
}

/** From when and before when an event counts; without a window of its own a goal counts until the customer leaves. */
function windowOf(goal: GoalWatch, { plan, enrollment, leftAt }: Hearer, brand: Brand): [number, number] {
  const [from, to] = goal.window(enrollment, zoneOf(plan, brand))
  return [from, to === Number.POSITIVE_INFINITY && leftAt !== null ? leftAt : to]
}

/**
 * Rule 19: before when events still reach a goal of somebody who leaves; null where none does. Goals that have been
 * reached are among them: a refund may free them.
 */
export function countsUntil(hearer: Hearer, brand: Brand): number | null {
  const ends = hearer.plan.goals.map((goal) => windowOf(goal, hearer, brand)[1])
  const last = Math.max(Number.NEGATIVE_INFINITY, ...ends)
  return last > referenceAt(hearer.enrollment) ? last : null
}

/** Whether the property that tells a customer's passages apart names this very one. */
function isNamed({ plan, enrollment }: Hearer, event: CustomerEvent): boolean {
  const key = keyOf(plan.settings.reentry)
  const own = key === null ? null : valueAt(enrollment.entry.event?.properties ?? {}, key)
  return key !== null && own !== null && String(own) === String(propertyOf(event, key))
}

/**
 * One event counts once for a goal, whichever of a customer's passages through the journey it fits: of those that
 * it can reach it in, the one that it names by its key, else the one whose reference time is the latest, and that is
 * the newest that had begun when it happened. So this is the order in which passages are asked.
 */
export function byClaim<One extends Hearer>(hearers: readonly One[], event: CustomerEvent): One[] {
  const rank = (one: One) => [isNamed(one, event) ? 1 : 0, referenceAt(one.enrollment), one.enrollment.id]
  const ranked = hearers.map((one) => ({ one, rank: rank(one) }))
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((part, index) => part !== b.rank[index])
    return at < 0 ? 0 : (b.rank[at] ?? 0) - (a.rank[at] ?? 0)
  })
  return ranked.map(({ one }) => one)
}

function goalStep(
  hearer: Hearer,
  enrollment: Enrollment,
  goal: string,
  code: GoalReason,
  told: {
    readonly effect: Step['effects'][number]
    readonly event: CustomerEvent
    readonly value: number | null
    /** What else a replay must know. */
    readonly seen: Readonly<Record<string, Json>>
  },
  now: number,
): Step {
  const { event, effect, value, seen } = told
  const { steps } = hearer.enrollment
  return {
    enrollment: { ...enrollment, steps: steps + 1 },
    effects: [effect],
    trace: {
      seq: steps,
      at: now,
      node: goal,
      outcome: goalReasons[code].outcome,
      reason: { code, event: event.name, id: event.id, at: event.at, value, ...seen },
    },
    ending: null,
  }
}

/** The goals that an event reaches; the first that ends the journey is the last. */
export function reachGoals(
  hearer: Hearer,
  event: CustomerEvent,
  { counted, worth }: EventStanding,
  { now, brand }: StepContext,
): Step[] {
  const { plan, enrollment, leftAt } = hearer
  const entry = enrollment.entry.event?.properties ?? {}
  const key = keyOf(plan.settings.reentry)
  const steps: Step[] = []
  let current = enrollment
  if (worth === null) return steps
  for (const goal of plan.goals) {
    if (current.goals[goal.id] !== undefined || counted.has(goal.id)) continue
    if (!matches(goal.filter, event, entry)) continue
    if (goal.bound && !isOwn(enrollment, event, key)) continue
    const [from, to] = windowOf(goal, hearer, brand)
    if (event.at < from || event.at >= to || !afterReference(enrollment, event)) continue
    const ends = goal.ends && leftAt === null
    const reached: ReachedGoal = { name: event.name, id: event.id, at: now, value: worth }
    const goals = { ...current.goals, [goal.id]: reached }
    const next = { ...current, goals, ...(ends ? { state: goal.id, wait: null } : {}) }
    const effect = { kind: 'goal', goal: goal.id, name: event.name, event: event.id, value: worth } as const
    const value = event.amount === null ? null : worth
    const step = goalStep(
      { ...hearer, enrollment: current },
      next,
      goal.id,
      'goal-reached',
      { effect, event, value, seen: eventSeen(event, goal.filter.where, { key: goal.bound ? key : null }) },
      now,
    )
    steps.push({ ...step, ending: ends ? goal.id : null })
    current = step.enrollment
    if (ends) break
  }
  return steps
}

/**
 * What a refund takes back: a part of an order lessens what a goal counts for, all of it takes the goal back, so that
 * another purchase can reach it. Who has left by the goal does not come back.
 */
export function takeBack(
  hearer: Hearer,
  event: CustomerEvent,
  { worth }: EventStanding,
  { now }: StepContext,
): Step[] {
  const order = event.name === refundEvent ? refundedOrder(event.properties) : null
  const steps: Step[] = []
  if (order === null) return steps
  let current = hearer.enrollment
  for (const [goal, reached] of Object.entries(hearer.enrollment.goals)) {
    if (reached.name !== orderEvent || reached.id !== order || reached.value === worth) continue
    const { [goal]: _lost, ...others } = current.goals
    const goals = worth === null ? others : { ...current.goals, [goal]: { ...reached, value: worth } }
    const effect = { kind: 'refund', goal, value: worth, countedAt: reached.at } as const
    const code = worth === null ? 'goal-lost' : 'goal-lessened'
    const left = worth === null ? {} : { left: worth }
    const told = { effect, event, value: event.amount, seen: { seq: event.seq ?? null, ...left } }
    const step = goalStep({ ...hearer, enrollment: current }, { ...current, goals }, goal, code, told, now)
    steps.push(step)
    current = step.enrollment
  }
  return steps
}

/** The goals that steps of a reaction have reached. */
export function reachedBy(steps: readonly Step[]): string[] {
  return steps.flatMap(({ trace }) =>
    trace !== null && goalReason(trace) === 'goal-reached' ? [trace.node] : [],
  )
}
