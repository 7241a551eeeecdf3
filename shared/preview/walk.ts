import type { Plan, TransitionTable } from '../compile/plan.ts'
import { leaveEvent, leftState, startState } from '../compile/plan.ts'
import type { Effect, Reason } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import type { Brand } from '../journey/brand.ts'
import type { Journey } from '../journey/graph.ts'
import type { Enrollment, Registry, Wake } from '../nodes/type.ts'
import type { LoadedFacts } from '../run/facts.ts'
import { type Step, step } from '../run/step.ts'

/** What one node decides of somebody who passes it, and what was known there and then. */
export interface Visit {
  readonly node: string
  readonly arrivedAt: number
  /** When it was left; where it is never left, when it was reached. */
  readonly at: number
  /** As it stood while the node decided. */
  readonly enrollment: Enrollment
  readonly facts: LoadedFacts
  /** The port; null where it waits for something that does not happen. */
  readonly outcome: string | null
  readonly reason: Reason | null
}

export interface WalkRequest {
  readonly plan: Plan
  readonly brand: Brand
  /** At the node that the trigger leads to. */
  readonly start: Enrollment
  /** What is known at a virtual moment, earlier steps of this walk included. */
  readonly load: (enrollment: Enrollment, now: number) => Promise<LoadedFacts>
  readonly see: (enrollment: Enrollment, effect: Effect, now: number) => void
  /** Hears of each step, with where it was taken. */
  readonly told: (from: string, taken: Step, now: number) => void
  /** Rule 18: out by an audience from a moment on and before another; null where no rule of the journey is met. */
  readonly leaves: (enrollment: Enrollment, from: number, before: number) => Step | null
}

/** Above what a loop of the most visits takes, with a few nodes in it; each turn is a visit or a wait. */
const mostTurns = 8000

/**
 * Walks one customer through a journey in virtual time with the decisions that the engine takes, doing nothing:
 * nobody reacts, waits end at their time, no model is asked. An unfinished draft is walked as far as it goes.
 */
export async function walk({ plan, brand, start, load, see, told, leaves }: WalkRequest): Promise<Visit[]> {
  const visits: Visit[] = []
  let enrollment = start
  let now = start.arrivedAt
  let wake: Wake = { kind: 'arrive' }
  for (let turn = 0; turn < mostTurns && !plan.final.has(enrollment.state); turn += 1) {
    const { state: node, arrivedAt } = enrollment
    const facts = await load(enrollment, now)
    const taken = stepOrNull(() =>
      step(plan, enrollment, wake, facts, { now, brand, askModel: false, mayCall: false }),
    )
    const here = { node, arrivedAt, at: now, enrollment, facts }
    if (taken === null) return [...visits, { ...here, outcome: null, reason: null }]
    for (const effect of taken.effects) see(enrollment, effect, now)
    told(node, taken, now)
    const { trace } = taken
    if (trace !== null) visits.push({ ...here, outcome: trace.outcome, reason: trace.reason })
    if (taken.ending !== null) return visits
    enrollment = taken.enrollment
    wake = { kind: trace === null ? 'timer' : 'arrive' }
    if (trace !== null) continue
    const until = enrollment.wait?.until ?? null
    const left = leaves(enrollment, now, until ?? Number.POSITIVE_INFINITY)?.trace ?? null
    if (left !== null)
      return [...visits, { ...here, at: left.at, outcome: left.outcome, reason: left.reason }]
    if (until === null) return [...visits, { ...here, outcome: null, reason: null }]
    now = Math.max(now, until)
  }
  return visits
}

/** A step, or null where the draft does not say yet how it goes on. */
function stepOrNull<T>(take: () => T): T | null {
  try {
    return take()
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** The transitions of a draft as far as it is drawn; it need not pass the check. */
export function draftTable(journey: Journey, registry: Registry): TransitionTable {
  const roleOf = (id: string) => registry.get(journey.nodes[id]?.type ?? '')?.role
  const states: Record<string, Record<string, string>> = { [startState]: { [leaveEvent]: leftState } }
  for (const id of Object.keys(journey.nodes)) {
    const state = roleOf(id) === 'trigger' ? startState : id
    const row = states[state] ?? { [leaveEvent]: leftState }
    for (const [port, to] of Object.entries(journey.edges[id] ?? {}))
      if (journey.nodes[to] !== undefined) row[`${id}.${port}`] = to
    states[state] = row
  }
  const exits = Object.keys(journey.nodes).filter((id) => roleOf(id) === 'exit')
  return { initial: startState, final: [...exits, leftState], states }
}
