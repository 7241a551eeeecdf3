import { leaveEvent, leftState, type Outcome, type Plan, startState } from '../compile/plan.ts'
import { type History, noHistory, withLeaving } from '../conditions/history.ts'
import type { EventMark } from '../conditions/mark.ts'
import type { Coupon, Effect, EndingReason, Reason, ReasonCode } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import { keyOf } from '../journey/belonging.ts'
import type { Brand } from '../journey/brand.ts'
import type { Enrollment, Entry, EntryEvent, Wake } from '../nodes/type.ts'
import { unit } from '../stats/hash.ts'
import { factsOf, type LoadedFacts } from './facts.ts'

export type { LoadedFacts } from './facts.ts'

export interface StepContext {
  readonly now: number
  readonly brand: Brand
  /** False where no model may be asked: rehearsal and preview. */
  readonly askModel: boolean
  /** False where nothing may be done to the world: rehearsal and preview. */
  readonly mayCall: boolean
  /** In a replay, what the trace says of the step. */
  readonly recalled?: Reason | undefined
}

/** One line of an enrollment's story (rule 27). */
export interface TraceEntry {
  /** 0 for the entry, then one more for each step. */
  readonly seq: number
  readonly at: number
  readonly node: string
  /** The port it left by; `left` when it left the journey at once; of a goal a word of `goalReasons`. */
  readonly outcome: string
  readonly reason: Reason
}

export interface Step {
  readonly enrollment: Enrollment
  readonly effects: readonly Effect[]
  /** null while it waits. */
  readonly trace: TraceEntry | null
  /** The exit or goal where it ended, or the reason for which it left; null while it is under way. */
  readonly ending: string | null
}

export interface Admission {
  readonly id: number
  readonly customerId: string
  readonly now: number
  readonly entry: Entry
  /** Where its days are counted: a replay counts them as they were counted then. */
  readonly zone?: string
}

/**
 * What befalls a goal, by the reason told, and by how many more have reached it then. Whoever it befalls goes on
 * as before, unless the goal ends the journey.
 */
export const goalReasons = {
  'goal-reached': { outcome: 'reached', by: 1 },
  'goal-lessened': { outcome: 'lessened', by: 0 },
  'goal-lost': { outcome: 'lost', by: -1 },
} as const satisfies Partial<Record<ReasonCode, { readonly outcome: string; readonly by: number }>>

export type GoalReason = keyof typeof goalReasons

/** Whether a line of the story is a goal's, and so no node was left by it. */
export function goalReason({ reason }: Pick<TraceEntry, 'reason'>): GoalReason | null {
  const { code } = reason
  return Object.hasOwn(goalReasons, code) ? (code as GoalReason) : null
}

const noEffects: readonly Effect[] = []
const noCoupons: Enrollment['coupons'] = {}

/** The zone in which the journey counts its days. */
export function zoneOf(plan: Plan, brand: Brand): string {
  return plan.settings.zone ?? brand.zone
}

/** Whether the journey's hash puts a customer into the control group. */
export function inControlGroup(plan: Plan, customerId: string): boolean {
  const { percent, salt } = plan.settings.controlGroup
  return percent > 0 && unit(plan.journey.id, 'control-group', customerId, salt) * 100 < percent
}

function target(plan: Plan, state: string, event: string): string {
  const next = plan.next.get(state)?.get(event)
  if (next === undefined) throw new Problem('undeclared-outcome', { state, event }, state)
  return next
}

function outcome(plan: Plan, node: string, port: string): Outcome {
  const found = plan.outcomes.get(node)?.get(port)
  if (found === undefined)
    throw new Problem('undeclared-outcome', { state: node, event: `${node}.${port}` }, node)
  return found
}

/** The coupon given last stands last: it is the one that texts use. */
function withCoupon(coupons: Enrollment['coupons'], node: string, coupon: Coupon): Enrollment['coupons'] {
  const { [node]: _older, ...others } = coupons
  return { ...others, [node]: coupon }
}

/**
 * A history with one more leaving. Few ways lead through a journey, and very many go them: the answers serve all who
 * come by the same one, and depend on nothing but the arguments. Those of many ways are forgotten together.
 */
function historyMemory(most: number): (history: History, key: string) => History {
  const answers = new Map<History, Map<string, History>>()
  let kept = 0
  return (from, key) => {
    const known = answers.get(from)?.get(key)
    if (known !== undefined) return known
    if (kept >= most) {
      answers.clear()
      kept = 0
    }
    const to = withLeaving(from, key)
    const ways = answers.get(from)
    if (ways === undefined) answers.set(from, new Map([[key, to]]))
    else ways.set(key, to)
    kept += 1
    return to
  }
}

const withOneMore = historyMemory(2000)

/** Into another state; `leaving` is what the history remembers, `node.port`. */
function moved(
  plan: Plan,
  enrollment: Enrollment,
  { to: state, event: leaving }: Outcome,
  trace: TraceEntry,
  effects: readonly Effect[],
  by: EventMark | null,
): Step {
  const coupon = effects.find((effect) => effect.kind === 'coupon')
  // Field by field: everybody takes many steps, and a literal of a known shape is made several times as fast as a spread.
  const next: Enrollment = {
    id: enrollment.id,
    journeyId: enrollment.journeyId,
    version: enrollment.version,
    customerId: enrollment.customerId,
    state,
    enteredAt: enrollment.enteredAt,
    arrivedAt: trace.at,
    control: enrollment.control,
    entry: enrollment.entry,
    history: withOneMore(enrollment.history, leaving),
    coupons:
      coupon === undefined ? enrollment.coupons : withCoupon(enrollment.coupons, trace.node, coupon.coupon),
    goals: enrollment.goals,
    wait: null,
    by,
    steps: enrollment.steps + 1,
  }
  const ending = state === leftState ? trace.reason.code : plan.final.has(state) ? state : null
  return { enrollment: next, effects, trace, ending }
}

/** A customer comes in: the first step, from `start` to the node that the trigger leads to. */
export function admit(plan: Plan, admission: Admission): Step {
  const { id, customerId, now, entry, zone } = admission
  const enrollment: Enrollment = {
    id,
    journeyId: plan.journey.id,
    version: plan.version,
    customerId,
    state: startState,
    enteredAt: now,
    arrivedAt: now,
    control: inControlGroup(plan, customerId),
    entry,
    history: noHistory,
    coupons: noCoupons,
    goals: {},
    wait: null,
    by: null,
    steps: 0,
  }
  const { control } = enrollment
  const reason: Reason =
    zone === undefined ? { code: 'entered', control } : { code: 'entered', control, zone }
  const trace = { seq: 0, at: now, node: entry.trigger, outcome: 'entered', reason }
  const event = `${entry.trigger}.entered`
  const by = entry.event === null ? null : markOfEntry(entry.event, now)
  return moved(plan, enrollment, { event, to: target(plan, startState, event) }, trace, noEffects, by)
}

/** Where the entry's event stands among the customer's events. */
function markOfEntry({ properties: _properties, ...mark }: EntryEvent, now: number): EventMark {
  return { at: now, ...mark }
}

/** Why a node is asked, where its time alone does not tell it: on arrival at once, and later for another reason. */
export const usualWake = ({ arrivedAt }: Enrollment, wake: Wake, now: number): boolean =>
  (wake.kind === 'arrive') === (now === arrivedAt)

/** A replay must know why a node was asked: what follows may depend on it. */
function wokenReason<Code extends ReasonCode>(
  reason: Reason<Code>,
  enrollment: Enrollment,
  wake: Wake,
  now: number,
): Reason<Code> {
  return usualWake(enrollment, wake, now) ? reason : { ...reason, wake: wake.kind }
}

/**
 * Lets the node where an enrollment stands decide once: it stays, moves to the next node, or ends. Pure:
 * the same arguments give the same step in rehearsal, simulation, engine and replay. Throws a Problem
 * where the node's outcome is not in the table or the node cannot decide.
 */
export function step(
  plan: Plan,
  enrollment: Enrollment,
  wake: Wake,
  loaded: LoadedFacts,
  context: StepContext,
): Step {
  const node = plan.nodes.get(enrollment.state)
  if (node?.type.decide === undefined)
    throw new Problem('undeclared-outcome', { state: enrollment.state, event: wake.kind }, enrollment.state)
  const { now } = context
  const decision = node.type.decide(node.config, {
    node: node.id,
    now,
    zone: zoneOf(plan, context.brand),
    brand: context.brand,
    journey: plan.journey,
    enrollment,
    key: keyOf(plan.settings.reentry),
    wake,
    facts: factsOf(enrollment, loaded),
    askModel: context.askModel,
    mayCall: context.mayCall,
    recalled: context.recalled,
  })
  if (decision.kind === 'wait')
    return {
      enrollment: { ...enrollment, wait: decision.wait },
      effects: decision.effects ?? noEffects,
      trace: null,
      ending: null,
    }
  if (decision.kind === 'left')
    return leave(plan, enrollment, wokenReason(decision.reason, enrollment, wake, now), now)
  const trace = {
    seq: enrollment.steps,
    at: now,
    node: node.id,
    outcome: decision.port,
    reason: wokenReason(decision.reason, enrollment, wake, now),
  }
  // What time has brought on begins with the time at which it does.
  const by = decision.by ?? (wake.kind === 'arrive' ? enrollment.by : null)
  const to = outcome(plan, node.id, decision.port)
  return moved(plan, enrollment, to, trace, decision.effects ?? noEffects, by)
}

/** On by the port that a line of the story tells, without asking the node: what a replay of old lines goes by. */
export function passBy(plan: Plan, enrollment: Enrollment, trace: TraceEntry): Step {
  const to = outcome(plan, enrollment.state, trace.outcome)
  return moved(plan, enrollment, to, trace, noEffects, null)
}

/** Out of a version that cannot be read: `journey.left` leads to the reserved state from everywhere. */
export function leaveUnread(enrollment: Enrollment, reason: Reason<EndingReason>, now: number): Step {
  const { state, steps, history } = enrollment
  return {
    enrollment: {
      ...enrollment,
      state: leftState,
      arrivedAt: now,
      wait: null,
      by: null,
      steps: steps + 1,
      history: withLeaving(history, `${state}.${leftState}`),
    },
    effects: noEffects,
    trace: { seq: steps, at: now, node: state, outcome: leftState, reason },
    ending: reason.code,
  }
}

/** Out of the journey at once, from wherever it stands: exit rule, late policy, stop, opt-out. */
export function leave(plan: Plan, enrollment: Enrollment, reason: Reason<EndingReason>, now: number): Step {
  const trace = { seq: enrollment.steps, at: now, node: enrollment.state, outcome: leftState, reason }
  const to = target(plan, enrollment.state, leaveEvent)
  return moved(plan, enrollment, { event: `${enrollment.state}.${leftState}`, to }, trace, noEffects, null)
}
