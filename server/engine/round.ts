import type { Plan } from '../../shared/compile/plan.ts'
import { timesLeft } from '../../shared/conditions/history.ts'
import type { Enrollment, Wake } from '../../shared/nodes/type.ts'
import { type Promotion, promotionsIn, readerOf, type Trip } from '../../shared/run/breaker.ts'
import { countsUntil, untold } from '../../shared/run/goals.ts'
import { goalReason, type Step, type StepContext, step, zoneOf } from '../../shared/run/step.ts'
import type { Carried, Change, FactsSource, Move, PlacedEffect, StoredEnrollment } from '../ports/engine.ts'
import { failureAfter } from '../ports/failing.ts'
import { loadFacts, Overlay, rememberCustomers } from './facts.ts'

/** More steps than this in one go are saved and go on in the next batch. */
const maxRounds = 200

/** An enrollment on its way through a batch, with what is to be saved of it. */
export interface Passage extends Change {
  readonly plan: Plan
  readonly moves: Move[]
  readonly effects: PlacedEffect[]
  attempts: number
  /** Whether the node where it stands has been asked in this batch. */
  decided: boolean
  enrollment: Enrollment
  wake: Wake | null
  ending: string | null
  countsUntil: number | null
  withdraw: boolean
  carried: Carried | null
  failure: Change['failure']
  /** Why its journey pauses itself, where this one's message would be too many. */
  trip: Trip | null
}

/** Takes a stored enrollment into a batch, to be woken there. */
export function passageOf(plan: Plan, stored: StoredEnrollment, wake: Wake | null): Passage {
  return {
    plan,
    before: stored.enrollment.steps,
    from: stored.enrollment.state,
    entryKey: stored.entryKey,
    hadFailed: stored.attempts > 0,
    leftAt: stored.leftAt,
    countsUntil: null,
    moves: [],
    effects: [],
    attempts: stored.attempts,
    decided: false,
    enrollment: stored.enrollment,
    wake,
    ending: null,
    withdraw: false,
    carried: null,
    failure: null,
    trip: null,
  }
}

/** A customer who has just come in: the admission is its first step. */
export function newPassage(plan: Plan, admitted: Step, entryKey: string): Passage {
  const passage: Passage = {
    plan,
    before: null,
    from: null,
    entryKey,
    hadFailed: false,
    leftAt: null,
    countsUntil: null,
    moves: [],
    effects: [],
    attempts: 0,
    decided: false,
    enrollment: admitted.enrollment,
    wake: { kind: 'arrive' },
    ending: null,
    withdraw: false,
    carried: null,
    failure: null,
    trip: null,
  }
  record(passage, admitted, admitted.enrollment.enteredAt, null)
  return passage
}

/** Adds a step's results to a passage; effects belong to the node and visit where they were decided. */
export function record(passage: Passage, taken: Step, now: number, overlay: Overlay | null): void {
  const before = passage.enrollment
  if (taken.effects.length > 0) {
    const node = taken.trace?.node ?? before.state
    const visit = timesLeft(before.history, node) + 1
    for (const effect of taken.effects) {
      passage.effects.push({ node, visit, at: now, effect })
      overlay?.record(before, node, effect, now)
    }
  }
  const ofGoal = taken.trace !== null && goalReason(taken.trace) !== null
  if (taken.trace !== null)
    passage.moves.push({
      trace: taken.trace,
      to: ofGoal && taken.ending === null ? null : taken.enrollment.state,
    })
  passage.enrollment = taken.enrollment
  passage.ending = taken.ending
  const goesOn = taken.trace !== null && !ofGoal && taken.ending === null
  passage.wake = goesOn ? { kind: 'arrive' } : null
}

/** What is saved of somebody who cannot even be asked. */
export function failedWhereItStands(stored: StoredEnrollment, error: string, now: number): Change {
  const { enrollment, entryKey, attempts, leftAt } = stored
  return {
    enrollment,
    entryKey,
    before: enrollment.steps,
    from: enrollment.state,
    hadFailed: attempts > 0,
    moves: [],
    effects: [],
    decided: true,
    ending: null,
    leftAt,
    countsUntil: null,
    withdraw: false,
    carried: null,
    failure: failureAfter(attempts, error, now),
  }
}

function fail(passage: Passage, error: unknown, now: number): void {
  passage.failure = failureAfter(passage.attempts, error, now)
  passage.wake = null
}

function byNode(passages: readonly Passage[]): Passage[][] {
  const groups = new Map<Plan, Map<string, Passage[]>>()
  for (const passage of passages) {
    const nodes = groups.get(passage.plan) ?? new Map<string, Passage[]>()
    groups.set(passage.plan, nodes)
    const group = nodes.get(passage.enrollment.state)
    if (group === undefined) nodes.set(passage.enrollment.state, [passage])
    else group.push(passage)
  }
  return [...groups.values()].flatMap((nodes) => [...nodes.values()])
}

/** Whether what was answered is of a question that its node has not asked: the move that saves it forgets it. */
const forgetsReply = ({ carried }: Passage, decided: boolean): boolean =>
  !decided && carried?.unasks?.what === 'whole'

async function decideGroup(
  source: FactsSource,
  group: readonly Passage[],
  context: StepContext,
  overlay: Overlay,
): Promise<void> {
  const first = group[0]
  if (first === undefined) return
  const needs = first.plan.nodes.get(first.enrollment.state)?.needs ?? {}
  const zone = zoneOf(first.plan, context.brand)
  const enrollments = group.map(({ enrollment }) => enrollment)
  const factsOf = await loadFacts(source, enrollments, needs, { ...context, zone, overlay }).catch(
    (error: unknown) => {
      for (const passage of group) fail(passage, error, context.now)
      return null
    },
  )
  if (factsOf === null) return
  const taken: Taken[] = []
  for (const passage of group) {
    const { enrollment, wake, decided } = passage
    if (wake === null) continue
    passage.decided = true
    try {
      const facts = factsOf(enrollment)
      const known = facts.reply !== null && forgetsReply(passage, decided) ? { ...facts, reply: null } : facts
      const one = step(passage.plan, enrollment, wake, known, context)
      record(passage, one, context.now, overlay)
      passage.attempts = 0
      const promotions = one.effects.length === 0 ? noPromotions : promotionsIn(one.effects)
      if (promotions.length > 0) taken.push({ passage, step: one, promotions, before: enrollment, decided })
    } catch (error) {
      fail(passage, error, context.now)
    }
  }
  await askBreaker(source, taken, context.now, overlay)
}

const noPromotions: readonly Promotion[] = []

/** A step with marketing that a passage has taken, and how it stood before. */
interface Taken {
  readonly passage: Passage
  readonly step: Step
  readonly promotions: readonly Promotion[]
  readonly before: Enrollment
  readonly decided: boolean
}

/** Rule 11: whose message would be too many takes the step back, and so does its journey from there on. */
async function askBreaker(
  source: FactsSource,
  group: readonly Taken[],
  now: number,
  overlay: Overlay,
): Promise<void> {
  const [first] = group
  if (first === undefined) return
  const { breaker } = overlay
  const readers: string[] = []
  for (const { promotions, before } of group)
    for (const promotion of promotions) readers.push(readerOf(before.customerId, promotion))
  await breaker.load(source, first.passage.plan.journey.id, readers, now)
  for (const taken of group) {
    const { passage, before, promotions } = taken
    const allowance = breaker.ask(passage.plan, before, promotions, now)
    if (allowance === 'go') continue
    takeBack(taken, overlay)
    if (allowance !== 'hold') passage.trip = allowance
  }
}

/** As if the node had not been asked: it will be again when a person has let the journey go on. */
function takeBack({ passage, step: { effects, trace }, before, decided }: Taken, overlay: Overlay): void {
  if (effects.length > 0) passage.effects.splice(-effects.length)
  if (trace !== null) passage.moves.pop()
  for (const effect of effects) overlay.takeBack(before.customerId, effect)
  passage.enrollment = before
  passage.decided = decided
  passage.ending = null
  passage.wake = null
}

/** Whether a passage stands still because its journey has paused itself: what has happened is heard all the same. */
function isHeld({ plan, wake }: Passage, { breaker }: Overlay): boolean {
  return wake?.kind !== 'event' && breaker.has(plan.journey.id)
}

/**
 * Lets a batch go as far as it can without time passing. Each round decides one node for each
 * enrollment, with facts loaded once for all that stand on the same node; later rounds see what earlier
 * ones decided. One that fails stops alone, and the others go on.
 */
export async function runRounds(
  source: FactsSource,
  passages: readonly Passage[],
  context: StepContext,
  overlay: Overlay = new Overlay(),
  rounds = maxRounds,
): Promise<void> {
  const remembered = rememberCustomers(source)
  overlay.watch(passages)
  let active = passages.filter(({ wake }) => wake !== null)
  for (let round = 0; active.length > 0 && round < rounds; round += 1) {
    for (const group of byNode(active)) {
      const moving = group.filter((passage) => !isHeld(passage, overlay))
      await decideGroup(remembered, moving, context, overlay)
    }
    active = active.filter((passage) => passage.wake !== null && !isHeld(passage, overlay))
  }
}

/** Rule 26: a goal that cannot tell its window keeps nobody from leaving; it fails again over the events that come. */
function goalsUntil(
  { plan, enrollment }: Passage,
  leftAt: number,
  brand: StepContext['brand'],
): number | null {
  try {
    return countsUntil({ plan, enrollment, leftAt }, brand)
  } catch {
    return untold
  }
}

/** What the batch saves for a passage: itself, as it is by now; null where nothing about it has changed. */
export function changeOf(
  passage: Passage,
  stored: Enrollment | null,
  { now, brand }: Pick<StepContext, 'now' | 'brand'>,
): Change | null {
  const { enrollment, failure, before, ending } = passage
  if (stored === enrollment && failure === null && before !== null) return null
  if (ending !== null) passage.countsUntil = goalsUntil(passage, now, brand)
  return passage
}
