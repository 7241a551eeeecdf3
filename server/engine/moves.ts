import type { Plan } from '../../shared/compile/plan.ts'
import { timesLeft } from '../../shared/conditions/history.ts'
import type { Reason } from '../../shared/effects/index.ts'
import { canonicalJson } from '../../shared/journey/graph.ts'
import { type Landing, landingsOf, moveTo } from '../../shared/run/move.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { StoredEnrollment } from '../ports/engine.ts'
import type { MoveProgress, OpenMove } from '../ports/moves.ts'
import { meetRecorded } from './recorded.ts'
import { rewordBatch } from './reword.ts'
import { type Passage, passageOf, runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'

/** How those on one version come to that of a move. */
interface Crossing {
  readonly from: Plan | null
  readonly to: Plan
  readonly landing: (stored: StoredEnrollment) => Landing
  /** Whether the next version watches for other goals or exits: what was done since entry is met anew. */
  readonly watchesAnew: boolean
}

const finishes: Landing = { kind: 'finishes' }
const leaving: Pick<Reason<'journey_changed'>, 'code'> = { code: 'journey_changed' }

const watched = (plan: Plan) =>
  canonicalJson([plan.settings.exitWhen, plan.goals.map(({ id }) => [id, plan.nodes.get(id)?.config])])

async function crossingOf(runtime: Runtime, move: OpenMove, version: number): Promise<Crossing | null> {
  const fate = move.fates[version]
  if (fate === undefined) return null
  const from = await planOrNull(runtime, move.journeyId, version)
  const to = await runtime.planFor(move.journeyId, move.toVersion)
  const { mapping, byNode, plannedAt } = move
  const landingAt = landingsOf(from, to, { fate, mapping, byNode })
  const someFinish = Object.values(byNode).some((said) => said.fate === 'finish') || fate === 'finish'
  return {
    from,
    to,
    // Nobody comes to a node of an earlier version any more but those who finish there.
    landing: ({ enrollment: { state, arrivedAt } }) =>
      someFinish && arrivedAt > plannedAt ? finishes : landingAt(state),
    watchesAnew: from === null || watched(from) !== watched(to),
  }
}

/** Who is moved, as a passage whose first step is the move; null for whoever finishes where it is. */
function carried({ from, to, landing }: Crossing, stored: StoredEnrollment, now: number): Passage | null {
  const { enrollment, attempts } = stored
  const done = moveTo(from, to, enrollment, landing(stored), now)
  if (done === null || done.trace === null) return null
  const isLeaving = done.enrollment.version === enrollment.version
  const passage = passageOf(isLeaving ? (from ?? to) : to, stored, null)
  const lands =
    done.enrollment.state !== enrollment.state || done.enrollment.arrivedAt !== enrollment.arrivedAt
  passage.moves.push({ trace: done.trace, to: lands ? done.enrollment.state : null })
  passage.enrollment = done.enrollment
  passage.ending = done.ending
  passage.withdraw = isLeaving
  passage.carried = {
    fromVersion: enrollment.version,
    keepsWait: !isLeaving && done.enrollment.wait !== null,
    unasks:
      done.unasks === null
        ? null
        : { visit: timesLeft(enrollment.history, enrollment.state) + 1, what: done.unasks },
  }
  // Whoever has failed is tried again in its turn, after what has happened meanwhile.
  if (done.ending === null && done.enrollment.wait === null && attempts === 0)
    passage.wake = { kind: 'arrive' }
  return passage
}

/**
 * Moves some enrollments, whichever of them their move concerns, and lets those go on who are asked anew; in a paused
 * journey they stand still. Answers how many were moved or left.
 */
async function carry(
  runtime: Runtime,
  move: OpenMove,
  some: readonly StoredEnrollment[],
  now: number,
  to: { readonly cursor: MoveProgress['cursor']; readonly running: boolean },
): Promise<number> {
  const context = contextOf(runtime, now)
  const crossings = new Map<number, Crossing | null>()
  const passages: Passage[] = []
  const anew: Passage[] = []
  for (const stored of some) {
    const { version } = stored.enrollment
    let crossing = crossings.get(version)
    if (crossing === undefined) {
      crossing = await crossingOf(runtime, move, version)
      crossings.set(version, crossing)
    }
    const passage = crossing === null ? null : carried(crossing, stored, now)
    if (passage === null) continue
    passages.push(passage)
    const stays = passage.enrollment.version === move.toVersion && passage.ending === null
    if (crossing?.watchesAnew === true && stays) anew.push(passage)
  }
  const left = passages.filter(({ ending }) => ending === leaving.code).length
  await goOn(runtime, passages, anew, context, to.running)
  const progress = { id: move.id, cursor: to.cursor, moved: passages.length - left, left, done: false }
  await save(runtime, passages, new Map(), { now, taken: [], move: progress })
  return passages.length
}

async function goOn(
  { store }: Runtime,
  passages: readonly Passage[],
  anew: readonly Passage[],
  context: StepContext,
  running: boolean,
): Promise<void> {
  if (anew.length > 0) await meetRecorded(store, anew, context)
  if (running) await runRounds(store, passages, context)
}

/** The moves of people under way, of each journey one: nearly always none. */
export async function openMovesOf({ store }: Runtime): Promise<ReadonlyMap<string, OpenMove>> {
  const open = await store.openMoves()
  return new Map(open.filter(({ kind }) => kind === 'version').map((move) => [move.journeyId, move]))
}

/**
 * Nobody is stepped on an earlier version once a move is planned: of those about to be, whom it concerns are moved
 * first, out of their turn. Answers those who go on as they are; the moved are to be read again.
 */
export async function movedFirst(
  runtime: Runtime,
  moves: ReadonlyMap<string, OpenMove>,
  some: readonly StoredEnrollment[],
  now: number,
): Promise<{ readonly rest: readonly StoredEnrollment[]; readonly moved: number }> {
  if (moves.size === 0) return { rest: some, moved: 0 }
  const rest: StoredEnrollment[] = []
  const concerned = new Map<OpenMove, StoredEnrollment[]>()
  for (const stored of some) {
    const { journeyId, version } = stored.enrollment
    const move = moves.get(journeyId)
    if (move?.fates[version] === undefined || stored.leftAt !== null) rest.push(stored)
    else concerned.set(move, [...(concerned.get(move) ?? []), stored])
  }
  let moved = 0
  for (const [move, group] of concerned) {
    try {
      const running = await isRunning(runtime, move.journeyId)
      const staying = await stayers(runtime, move, group)
      const kept = new Set(staying)
      const going = group.filter((stored) => !kept.has(stored))
      moved += await carry(runtime, move, going, now, { cursor: 'kept', running })
      rest.push(...staying)
    } catch (error) {
      failed(runtime, move, error)
      rest.push(...group)
    }
  }
  return { rest, moved }
}

/** Those who finish where they are, as was said, or as nobody has said where to. */
async function stayers(runtime: Runtime, move: OpenMove, group: readonly StoredEnrollment[]) {
  const staying: StoredEnrollment[] = []
  for (const stored of group) {
    const crossing = await crossingOf(runtime, move, stored.enrollment.version)
    const kind = crossing?.landing(stored).kind
    if (kind === 'undecided' || kind === 'finishes') staying.push(stored)
  }
  return staying
}

function failed({ log }: Runtime, { journeyId, toVersion }: OpenMove, error: unknown): void {
  log.error({ journey: journeyId, version: toVersion, error: String(error) }, 'a move failed')
}

async function isRunning({ store }: Runtime, journeyId: string): Promise<boolean> {
  return (await store.journeys()).some(({ id, status }) => id === journeyId && status === 'live')
}

/**
 * One batch of a move: first the messages that wait in the outbox, then the passages. A pass that has moved nobody
 * is the last, as others may have changed somebody while a batch was in hand.
 */
async function carryBatch(runtime: Runtime, move: OpenMove, now: number): Promise<number> {
  if (move.wordsDue) return rewordBatch(runtime, move, now)
  const { enrollments, cursor } = await runtime.store.toMove(move, runtime.batchSize)
  if (cursor !== null) {
    const running = await isRunning(runtime, move.journeyId)
    await carry(runtime, move, enrollments, now, { cursor, running })
    return enrollments.length + 1
  }
  const done = !move.passed
  const progress = { id: move.id, cursor: null, moved: 0, left: 0, done }
  await runtime.store.commit({ now, changes: [], taken: [], move: progress })
  return 1
}

/** Carries the oldest move of each journey on by one batch; returns how much there was to do. */
export async function carryMoves(runtime: Runtime, now: number): Promise<number> {
  let done = 0
  const begun = new Set<string>()
  for (const move of await runtime.store.openMoves()) {
    if (begun.has(move.journeyId)) continue
    begun.add(move.journeyId)
    try {
      done += await carryBatch(runtime, move, now)
    } catch (error) {
      failed(runtime, move, error)
    }
  }
  return done
}
