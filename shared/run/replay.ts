import { leftState, type Plan } from '../compile/plan.ts'
import { endingReasons, type Reason, type SharedReason, sharedReasons } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import type { Brand } from '../journey/brand.ts'
import { recallEvent } from '../nodes/recall.ts'
import type { Enrollment, Wake } from '../nodes/type.ts'
import { noFacts } from './facts.ts'
import { reachGoals, takeBack } from './goals.ts'
import { moveAgain } from './move.ts'
import { exitBy } from './react.ts'
import {
  admit,
  goalReason,
  leave,
  passBy,
  type Step,
  type StepContext,
  step,
  type TraceEntry,
} from './step.ts'

/** A passage to be walked again: what it came in with, and what its trace says. */
export interface ReplayRequest {
  readonly id: number
  readonly customerId: string
  readonly entry: Enrollment['entry']
  /** The version in which it is now, or has ended. */
  readonly version: number
  readonly trace: readonly TraceEntry[]
  /** Of each version that it was in. */
  readonly plans: ReadonlyMap<number, Plan>
  readonly brand: Brand
}

/** What became of a replay; it ends at the first line that comes out otherwise. */
export interface Replay {
  readonly trace: readonly TraceEntry[]
  /** As it stands after the last line; null where not even the entry could be walked again. */
  readonly enrollment: Enrollment | null
  readonly ending: string | null
  /** Lines of earlier releases, which did not keep what was seen: gone by their outcome alone. */
  readonly byOutcome: readonly number[]
  /** The line at which it cannot go on, and why. */
  readonly problem: { readonly seq: number; readonly problem: Problem } | null
  /** Whether each line came out as the trace has it, byte for byte. */
  readonly same: boolean
}

/** A line of a trace as it is compared and printed. */
export function lineText({ seq, at, node, outcome, reason }: TraceEntry): string {
  return JSON.stringify({ seq, at, node, outcome, reason })
}

/** The versions that a passage was in, in their order; `last` is where it is now. */
export function versionsOf(trace: readonly TraceEntry[], last: number): readonly number[] {
  const moves = trace.flatMap(({ reason: { code, from, to } }) =>
    code === 'moved' && typeof from === 'number' && typeof to === 'number' ? [{ from, to }] : [],
  )
  return [moves[0]?.from ?? last, ...moves.map(({ to }) => to)]
}

/** Whose doing a step was. */
type Way = 'decided' | 'goal' | 'exit' | 'moved' | 'ordered'

const ways = {
  entered: 'decided',
  'condition-held': 'decided',
  'no-condition-held': 'decided',
  'time-reached': 'decided',
  late: 'decided',
  'no-date': 'decided',
  'visit-limit': 'decided',
  event: 'decided',
  'no-event': 'decided',
  drawn: 'decided',
  'no-weight': 'decided',
  sent: 'decided',
  suppressed: 'decided',
  called: 'decided',
  'not-called': 'decided',
  'call-failed': 'decided',
  decided: 'decided',
  'not-decided': 'decided',
  'not-asked': 'decided',
  'task-done': 'decided',
  'task-overdue': 'decided',
  'coupon-issued': 'decided',
  tagged: 'decided',
  saved: 'decided',
  'goal-reached': 'goal',
  'goal-lessened': 'goal',
  'goal-lost': 'goal',
  moved: 'moved',
  exit_rule: 'exit',
  // Who is of an audience is the base's to say, at a moment that is past.
  exit_audience: 'ordered',
  stopped: 'ordered',
  journey_changed: 'ordered',
  removed: 'ordered',
  unsubscribed: 'ordered',
  erased: 'ordered',
  merged: 'ordered',
} as const satisfies Record<SharedReason, Way>

const isShared = (code: string): code is SharedReason => sharedReasons.some((known) => known === code)

/** A reason that belongs to one effect comes of its node's decision. */
const wayOf = ({ code }: Reason): Way => (isShared(code) ? ways[code] : 'decided')

/** How the passage stands between two lines. */
interface Standing {
  readonly plan: Plan
  readonly plans: ReadonlyMap<number, Plan>
  readonly enrollment: Enrollment
  readonly leftAt: number | null
  readonly ending: string | null
}

const unfit = (line: TraceEntry): Problem =>
  new Problem('trace-unfit', { what: `${line.node}.${line.outcome}` }, line.node)

/** Why the node was asked: where its time does not tell it, the line does. */
function wakeOf({ at, reason }: TraceEntry, { arrivedAt, id }: Enrollment): Wake {
  const arrives = reason.wake === undefined ? at === arrivedAt : reason.wake === 'arrive'
  if (arrives) return { kind: 'arrive' }
  const event = reason.code === 'event' ? recallEvent(reason, id) : null
  return event === null ? { kind: 'timer' } : { kind: 'event', event }
}

/** Lets the node decide again by what the line says was seen. */
function decideAgain({ plan, enrollment }: Standing, line: TraceEntry, context: StepContext): Step {
  if (line.node !== enrollment.state) throw unfit(line)
  const recalled = { ...context, recalled: line.reason }
  const wake = wakeOf(line, enrollment)
  const event = line.reason.code === 'event' ? recallEvent(line.reason, enrollment.id) : null
  const facts = event === null ? noFacts : { ...noFacts, events: [event] }
  if (wake.kind === 'arrive') return step(plan, enrollment, wake, facts, recalled)
  const { arrivedAt } = enrollment
  const arrived = step(plan, enrollment, { kind: 'arrive' }, noFacts, { ...recalled, now: arrivedAt })
  // What is put off by quiet hours or by a question goes on as if it had just come.
  const waiting = arrived.trace === null ? arrived.enrollment : enrollment
  return step(plan, waiting, wake, facts, recalled)
}

/** A goal reached or taken back by the event that the line tells of; of several goals, the line's own. */
function goalAgain(standing: Standing, line: TraceEntry, context: StepContext): Step {
  const { plan, enrollment } = standing
  const { node, reason } = line
  const told = recallEvent(reason, enrollment.id)
  if (told === null) throw unfit(line)
  const value = typeof reason.value === 'number' ? reason.value : null
  if (goalReason(line) === 'goal-reached') {
    const event = { ...told, amount: value === null ? null : (told.amount ?? value) }
    const counted = new Set(plan.goals.flatMap(({ id }) => (id === node ? [] : [id])))
    const [reached] = reachGoals(standing, event, { counted, worth: value ?? 0 }, context)
    if (reached === undefined) throw unfit(line)
    return reached
  }
  const order = enrollment.goals[node]?.id
  if (order === undefined) throw unfit(line)
  const event = { ...told, amount: value, properties: { ...told.properties, order_id: order } }
  const worth = typeof reason.left === 'number' ? reason.left : null
  const taken = takeBack(standing, event, { counted: new Set(), worth }, context)
  const own = taken.find(({ trace }) => trace?.node === node)
  if (own === undefined) throw unfit(line)
  return own
}

function exitAgain(standing: Standing, line: TraceEntry, { now }: StepContext): Step {
  const event = recallEvent(line.reason, standing.enrollment.id)
  const left = event === null ? null : exitBy(standing, standing.enrollment, event, now)
  if (left === null) throw unfit(line)
  return left
}

/** To another version or another node, by a person's word. */
function moveOn({ plan, plans, enrollment }: Standing, line: TraceEntry): Step {
  const { to: version, node } = line.reason
  const to = typeof version === 'number' ? plans.get(version) : undefined
  if (to === undefined || typeof node !== 'string') throw unfit(line)
  const moved = moveAgain(plan, to, enrollment, { node, at: line.at })
  if (moved === null) throw unfit(line)
  return moved
}

const again: Readonly<Record<Way, (standing: Standing, line: TraceEntry, context: StepContext) => Step>> = {
  decided: decideAgain,
  goal: goalAgain,
  exit: exitAgain,
  moved: moveOn,
  // A person's word, or the law's: nothing about the customer decided it.
  ordered: ({ plan, enrollment }, { reason }, { now }) =>
    leave(plan, enrollment, { ...reason, code: orderedBy(reason) }, now),
}

type Ordered = { [Code in SharedReason]: (typeof ways)[Code] extends 'ordered' ? Code : never }[SharedReason]

function orderedBy({ code }: Reason): Ordered {
  if (isShared(code) && isOrdered(code)) return code
  throw new Problem('trace-unfit', { what: code })
}

const isOrdered = (code: SharedReason): code is Ordered => ways[code] === 'ordered'

/** Where a line of an earlier release leads, which does not say what was seen. */
function byOutcome({ plan, enrollment, leftAt }: Standing, line: TraceEntry): Step {
  const { node, reason, at } = line
  const goal = goalReason(line)
  if (goal !== null) {
    const { [node]: known, ...others } = enrollment.goals
    const value = typeof reason.value === 'number' ? reason.value : 0
    const reached = { name: String(reason.event), id: String(reason.id), at, value }
    const kept = goal === 'goal-reached' ? reached : goal === 'goal-lost' ? undefined : known
    const ends =
      goal === 'goal-reached' && leftAt === null && plan.goals.some((one) => one.id === node && one.ends)
    return {
      enrollment: {
        ...enrollment,
        steps: enrollment.steps + 1,
        goals: kept === undefined ? others : { ...others, [node]: kept },
        ...(ends ? { state: node, wait: null } : {}),
      },
      effects: [],
      trace: line,
      ending: ends ? node : null,
    }
  }
  if (node !== enrollment.state) throw unfit(line)
  const ending = line.outcome === leftState ? endingReasons.find((code) => code === reason.code) : undefined
  return ending === undefined
    ? passBy(plan, enrollment, line)
    : leave(plan, enrollment, { ...reason, code: ending }, at)
}

interface Taken {
  readonly step: Step
  readonly byOutcome: boolean
}

/** Zones in which days may have been counted: the brand's may have changed on the way. */
function zonesOf({ trace, brand }: ReplayRequest): readonly string[] {
  const told = trace[0]?.reason.zone
  return typeof told === 'string' && told !== brand.zone ? [told, brand.zone] : [brand.zone]
}

/** Walks one line again; the first way in which it comes out as it is told counts, else the usual one. */
function walkLine(standing: Standing, line: TraceEntry, request: ReplayRequest, released: boolean): Taken {
  const wanted = lineText(line)
  let first: Step | null = null
  let problem: unknown = null
  for (const zone of zonesOf(request)) {
    const brand = { ...request.brand, zone }
    try {
      const taken = again[wayOf(line.reason)](standing, line, {
        now: line.at,
        brand,
        askModel: false,
        mayCall: false,
      })
      if (taken.trace !== null && lineText(taken.trace) === wanted) return { step: taken, byOutcome: false }
      first ??= taken
    } catch (error) {
      problem ??= error
    }
  }
  if (released) return { step: byOutcome(standing, line), byOutcome: true }
  if (first !== null) return { step: first, byOutcome: false }
  throw problem
}

function after(before: Standing, { enrollment, trace, ending: ended }: Step): Standing {
  const { plans, leftAt, ending } = before
  return {
    plans,
    plan: plans.get(enrollment.version) ?? before.plan,
    enrollment,
    leftAt: ended === null ? leftAt : (trace?.at ?? leftAt),
    ending: ending ?? ended,
  }
}

function planIn({ plans }: ReplayRequest, version: number): Plan {
  const plan = plans.get(version)
  if (plan === undefined) throw new Problem('not-found', { what: `version ${version}` }, 'version')
  return plan
}

function enterAgain(request: ReplayRequest, line: TraceEntry): Walked {
  const { id, customerId, entry, version, trace } = request
  const [first = version] = versionsOf(trace, version)
  const plan = planIn(request, first)
  const { zone } = line.reason
  const told = typeof zone === 'string' ? { zone: plan.settings.zone ?? zone } : {}
  const step = admit(plan, { id, customerId, now: line.at, entry, ...told })
  const { enrollment, ending } = step
  const { plans } = request
  return { standing: { plan, plans, enrollment, leftAt: null, ending }, step, byOutcome: false }
}

/** One line walked again, and how the passage stands after it. */
interface Walked extends Taken {
  readonly standing: Standing
}

function goOn(standing: Standing, line: TraceEntry, request: ReplayRequest, released: boolean): Walked {
  const taken = walkLine(standing, line, request, released)
  return { ...taken, standing: after(standing, taken.step) }
}

const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  throw error
}

/**
 * Rule 27: walks a passage again by its trace, with the very code that has walked it, without the store. Each node
 * is asked again by what the trace says it saw; whatever follows from that is computed anew, so that a trace that
 * was changed, or a step that would come out otherwise today, shows.
 */
export function replay(request: ReplayRequest): Replay {
  const lines: TraceEntry[] = []
  const outcomes: number[] = []
  let standing: Standing | null = null
  const answer = (same: boolean, problem: Replay['problem'] = null): Replay => ({
    trace: lines,
    enrollment: standing?.enrollment ?? null,
    ending: standing?.ending ?? null,
    byOutcome: outcomes,
    problem,
    same,
  })
  if (request.trace.length === 0) return answer(false, { seq: 0, problem: new Problem('trace-gone') })
  // Earlier releases kept neither the zone nor all that was seen.
  const released = request.trace[0]?.reason.zone === undefined
  for (const line of request.trace) {
    try {
      const walked: Walked =
        standing === null ? enterAgain(request, line) : goOn(standing, line, request, released)
      standing = walked.standing
      if (walked.byOutcome) outcomes.push(line.seq)
      const made = walked.step.trace
      if (made === null) throw unfit(line)
      lines.push(made)
      if (lineText(made) !== lineText(line)) return answer(false)
    } catch (error) {
      return answer(false, { seq: line.seq, problem: asProblem(error) })
    }
  }
  return answer(true)
}
