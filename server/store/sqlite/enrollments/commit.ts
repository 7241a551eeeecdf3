import type Database from 'better-sqlite3'
import { noHistory, withLeaving } from '../../../../shared/conditions/history.ts'
import type { EffectKind, EffectOf } from '../../../../shared/effects/index.ts'
import { journeyOrigin } from '../../../../shared/origins/kinds.ts'
import type { Unasking } from '../../../../shared/run/move.ts'
import type {
  Batch,
  BatchResult,
  Carried,
  Change,
  HandEntry,
  JourneyTrip,
  PersonWork,
  PlacedEffect,
} from '../../../ports/engine.ts'
import { failureAfter } from '../../../ports/failing.ts'
import { auditWriter, type WriteAudit } from '../audit/audit.ts'
import { CouponGone, couponHander } from '../coupons/claims.ts'
import { sourceKeeper } from '../customers/origins.ts'
import type { BrandDatabase } from '../database.ts'
import { anchorText } from '../entering/anchor.ts'
import { cameWriter, comingWriter } from '../entering/coming.ts'
import { followWriter } from '../entering/following.ts'
import { newLife } from '../lives/lives.ts'
import { numberer, type SuspectsIn, suspects } from '../lives/suspects.ts'
import { moveWriter } from '../moves/moves.ts'
import { PointsGone, pointGiver } from '../points/giving.ts'
import { actedWriter } from './acted.ts'
import { askWriter } from './ask-writer.ts'
import { EnrollmentWriter, Overtaken } from './enrollment-writer.ts'
import { failedEntriesWriter } from './failed-entries.ts'
import { Figures } from './figure-batch.ts'
import { outboxRun, writeMessage } from './message-writer.ts'
import { TraceWriter } from './trace-writer.ts'

function statements(sqlite: Database.Database) {
  return {
    enrollments: new EnrollmentWriter(sqlite),
    traces: new TraceWriter(sqlite),
    ...outboxRun(sqlite),
    ask: askWriter(sqlite),
    addTag: sqlite.prepare('insert or ignore into tags (customer_id, tag, at, source) values (?, ?, ?, ?)'),
    sources: sourceKeeper({ sqlite }),
    removeTag: sqlite.prepare('delete from tags where customer_id = ? and tag = ?'),
    audience: sqlite.prepare(
      `insert or ignore into audiences (key, name, kind, journey_id, created_at, updated_at) values (?, ?, 'list', ?, ?, ?)`,
    ),
    join: sqlite.prepare(
      'insert or ignore into audience_members (audience, customer_id, at, enrollment_id) values (?, ?, ?, ?)',
    ),
    coupon: couponHander(sqlite),
    points: pointGiver(sqlite),
    goal: sqlite.prepare(
      `insert or ignore into goal_hits (enrollment_id, goal, journey_id, version, control, customer_id, event_name, event_id, at, value)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lessen: sqlite.prepare('update goal_hits set value = ? where enrollment_id = ? and goal = ?'),
    lose: sqlite.prepare('delete from goal_hits where enrollment_id = ? and goal = ?'),
    unask: {
      whole: sqlite.prepare(
        'update asks set due_at = null, reply = null where enrollment_id = ? and node = ? and visit = ?',
      ),
      open: sqlite.prepare(
        'update asks set due_at = null where enrollment_id = ? and node = ? and visit = ? and reply is null',
      ),
    } satisfies Record<Unasking, unknown>,
    withdraw: sqlite.prepare(
      `update messages set status = 'cancelled', due_at = null where enrollment_id = ? and status = 'queued'`,
    ),
    entries: failedEntriesWriter(sqlite),
    coming: comingWriter(sqlite),
    came: cameWriter(sqlite),
    follow: followWriter(sqlite),
    withdrawInHand: sqlite.prepare(
      `update messages set withdrawn = 1 where enrollment_id = ? and status = 'sending'`,
    ),
    take: sqlite.prepare('update events set pending = 0 where seq = ?'),
    acted: actedWriter(sqlite),
    figure: sqlite.prepare(
      `insert into figures (journey_id, version, node, kind, count) values (?, ?, ?, ?, ?)
       on conflict do update set count = count + excluded.count`,
    ),
    trip: sqlite.prepare(
      `update journeys set status = 'paused', breaker = ?, updated_at = ?, paused_at = ? where id = ? and status = 'live'`,
    ),
    cursor: sqlite.prepare(
      'update triggers set cursor = ? where journey_id = ? and node = ? and version = ?',
    ),
    fired: sqlite.prepare(
      `update triggers set cursor = null, fired_at = due_at, due_at = ?, anchor = ?
       where journey_id = ? and node = ? and version = ?`,
    ),
  }
}
interface Statements extends ReturnType<typeof statements> {
  readonly audit: WriteAudit
  readonly move: ReturnType<typeof moveWriter>
  readonly life: string
  readonly numbers: ReturnType<typeof numberer>
  /** null where the data was never restored. */
  readonly suspectsIn: SuspectsIn | null
}

type Place = Omit<PlacedEffect, 'effect'>

/** `suspect`: another life of the data may have had the effect too. */
type Writer<Kind extends EffectKind> = (
  run: Statements,
  change: Change,
  placed: Place,
  effect: EffectOf<Kind>,
  suspect: boolean,
) => void

/** How each kind of effect is saved. */
const writers: { readonly [Kind in EffectKind]: Writer<Kind> } = {
  send: (run, { enrollment }, placed, effect, suspect) =>
    writeMessage(run, enrollment, placed, effect, suspect),
  ask(run, { enrollment: { id, customerId } }, { node, visit, at }, { request }, suspect) {
    run.ask({ id, customerId, node, visit, at, request, suspect, life: run.life })
  },
  tag(run, { enrollment: { customerId, journeyId } }, { at }, { add, remove }) {
    for (const tag of remove) run.removeTag.run(customerId, tag)
    const source = add.length === 0 ? null : run.sources.numberOf(journeyOrigin(journeyId))
    for (const tag of add) run.addTag.run(customerId, tag, at, source)
  },
  join(run, { enrollment: { id, journeyId, customerId } }, { at }, { audience, name }) {
    run.audience.run(audience, JSON.stringify(name), journeyId, at, at)
    run.join.run(audience, customerId, at, id)
  },
  coupon(run, { enrollment: { id, journeyId, customerId } }, { node, at }, effect) {
    run.coupon({ enrollmentId: id, journeyId, customerId, node, at }, effect)
  },
  points: (run, { enrollment }, placed, effect) => run.points(enrollment, placed, effect),
  goal(run, { enrollment }, { at }, { goal, name, event, value }) {
    const { id, journeyId, version, customerId, control } = enrollment
    run.goal.run(id, goal, journeyId, version, control ? 1 : 0, customerId, name, event, at, value)
  },
  refund(run, { enrollment: { id } }, _placed, { goal, value }) {
    if (value === null) run.lose.run(id, goal)
    else run.lessen.run(value, id, goal)
  },
}

function writeEffect<Kind extends EffectKind>(
  run: Statements,
  change: Change,
  placed: Place & { readonly effect: EffectOf<Kind> },
  suspect: boolean,
): void {
  const write: Writer<Kind> = writers[placed.effect.kind]
  write(run, change, placed, placed.effect, suspect)
}

function writeFiring(run: Statements, { trigger, to }: NonNullable<Batch['firing']>): void {
  const { journeyId, node, version } = trigger
  if ('cursor' in to) run.cursor.run(to.cursor, journeyId, node, version)
  else run.fired.run(to.dueAt, anchorText(to.anchor), journeyId, node, version)
}

/** Before its effects: it may ask anew. */
function writeUnasked(run: Statements, { enrollment, from }: Change, { unasks }: Carried): void {
  if (unasks !== null) run.unask[unasks.what].run(enrollment.id, from, unasks.visit)
}

/** What a change brings with it, once its enrollment is written. */
function writeRest(run: Statements, change: Change, suspect: boolean): void {
  for (const { trace } of change.moves) run.traces.add(change.enrollment.id, trace)
  if (change.carried !== null) writeUnasked(run, change, change.carried)
  if (change.withdraw) {
    run.withdraw.run(change.enrollment.id)
    run.withdrawInHand.run(change.enrollment.id)
    run.turns.withdraw(change.enrollment.id)
  }
  for (const placed of change.effects) writeEffect(run, change, placed, suspect)
}

/** Rule 11: paused in the very transaction that leaves out what would have been too many. */
function writeTrip(run: Statements, { journeyId, trip, act }: JourneyTrip): void {
  if (run.trip.run(JSON.stringify(trip), act.at, act.at, journeyId).changes === 0) return
  const { node, channel, limit } = trip
  run.audit(act, 'journey.tripped', journeyId, { node, channel, limit })
}

/** What one act lets in, over its batches, stands in one row of the log. */
function noteByHand(run: Statements, { act, journeyId, asked }: HandEntry, applied: number): void {
  run.audit(act, 'journey.entered', journeyId, { entered: applied, refused: asked - applied })
}

/** The same of what a person does with some who are under way. */
function noteByPerson(run: Statements, work: PersonWork, applied: number): void {
  const { act, action, journeyId, node, toNode, asked } = work
  const where = toNode === undefined ? { node } : { node, toNode }
  run.audit(act, action, journeyId, { ...where, people: applied, refused: asked - applied })
}

/** The next channel of messages that have failed: each once, whoever else has taken it meanwhile. */
function writeTurns(run: Statements, { turns = [], now }: Batch): void {
  for (const { turn, to } of turns) {
    if (!run.turns.take(turn.place, to)) continue
    const { node, visit } = turn.place
    if ('words' in to) writeMessage(run, to.whose, { node, visit, at: now }, to.words, false)
  }
  run.messages.flush()
}

function applyRest(run: Statements, batch: Batch, applied: number): void {
  writeTurns(run, batch)
  for (const seq of batch.taken) run.take.run(seq)
  if (batch.entries !== undefined) run.entries(batch.entries)
  if (batch.coming !== undefined) run.coming(batch.coming, batch.now)
  if (batch.came !== undefined) run.came(batch.came)
  if (batch.byHand !== undefined) noteByHand(run, batch.byHand, applied)
  if (batch.byPerson !== undefined) noteByPerson(run, batch.byPerson, applied)
  for (const one of batch.trips ?? []) writeTrip(run, one)
  if (batch.firing !== undefined) writeFiring(run, batch.firing)
  if (batch.move !== undefined) run.move(batch.move, batch.now)
}

/** Forgets what a transaction that failed has left. */
function clear({ enrollments, traces, messages }: Statements): void {
  enrollments.clear()
  traces.clear()
  messages.clear()
}

const hasPassed = ({ before, ending }: Change): boolean => before === null || ending !== null

/**
 * The batch as it is usually written, those who do alike together: all of it goes in, or nothing. Throws Overtaken
 * where somebody has been changed by others meanwhile.
 */
function writeAll(run: Statements, batch: Batch): BatchResult {
  clear(run)
  run.numbers.begin()
  const isSuspect = run.suspectsIn?.(batch) ?? null
  const figures = new Figures()
  const done: Change[] = []
  for (const change of batch.changes) {
    const suspect = isSuspect?.(change) ?? false
    if (!run.enrollments.gather(change, batch.now)) continue
    writeRest(run, change, suspect)
    figures.add(change)
    done.push(change)
  }
  run.enrollments.flush(batch.now)
  run.traces.flush()
  run.messages.flush()
  figures.write(run.figure)
  run.follow(done.filter(hasPassed), batch.now)
  run.acted(done)
  applyRest(run, batch, done.length)
  return { applied: done.length, skipped: batch.changes.length - done.length }
}

/** Something that one enrollment brought with it and that cannot stand in its table, such as a code twice. */
const isConflict = (error: unknown) =>
  error instanceof CouponGone ||
  error instanceof PointsGone ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))

/** Somebody who comes in with a conflict, where the trigger led to and with nothing done there yet; else null. */
function justIn(change: Change, error: unknown, now: number): Change | null {
  const { enrollment, moves } = change
  const first = moves[0]
  if (change.before !== null || first === undefined || first.to === null) return null
  return {
    ...change,
    enrollment: {
      ...enrollment,
      state: first.to,
      arrivedAt: first.trace.at,
      history: withLeaving(noHistory, `${first.trace.node}.${first.trace.outcome}`),
      coupons: {},
      goals: {},
      wait: null,
      steps: 1,
    },
    moves: [first],
    effects: [],
    ending: null,
    withdraw: false,
    carried: null,
    failure: failureAfter(0, error, now),
  }
}

/**
 * Rule 26: after a conflict the batch is written one by one, and whoever brings the conflict fails where it
 * stood before, alone; who has just come in, at the first node. Whoever was overtaken stays as others have left it.
 */
function carefulWriter(sqlite: Database.Database, run: Statements): (batch: Batch) => BatchResult {
  const attempts = sqlite.prepare<[number], { attempts: number }>(
    'select attempts from enrollments where id = ? and ended_at is null',
  )
  const fail = sqlite.prepare(
    'update enrollments set status = ?, due_at = ?, attempts = ?, error = ? where id = ?',
  )
  const one = sqlite.transaction((change: Change, now: number, isSuspect: ReturnType<SuspectsIn> | null) => {
    clear(run)
    run.numbers.begin()
    const suspect = isSuspect?.(change) ?? false
    if (!run.enrollments.write(change, now)) return false
    writeRest(run, change, suspect)
    run.traces.flush()
    run.messages.flush()
    run.acted([change])
    return true
  })
  const failAlone = ({ enrollment: { id } }: Change, error: unknown, now: number): void => {
    const row = attempts.get(id)
    if (row === undefined) return
    const failure = failureAfter(row.attempts, error, now)
    const status = failure.retryAt === null ? 'stuck' : 'live'
    fail.run(status, failure.retryAt, failure.attempts, failure.message, id)
  }
  return (batch) => {
    const figures = new Figures()
    const isSuspect = run.suspectsIn?.(batch) ?? null
    let applied = 0
    for (const change of batch.changes) {
      try {
        if (!one(change, batch.now, isSuspect)) continue
        applied += 1
        figures.add(change)
        run.follow([change], batch.now)
      } catch (error) {
        if (!isConflict(error)) throw error
        const entrant = justIn(change, error, batch.now)
        if (entrant === null) failAlone(change, error, batch.now)
        else if (one(entrant, batch.now, isSuspect)) {
          figures.add(entrant)
          run.follow([entrant], batch.now)
        }
      }
    }
    figures.write(run.figure)
    applyRest(run, batch, applied)
    return { applied, skipped: batch.changes.length - applied }
  }
}

/**
 * Saves a batch in one transaction: each enrollment with its trace and its effects, or nothing of it
 * when it has been changed (or admitted) by somebody else meanwhile.
 */
export const committer = (db: BrandDatabase) => {
  const write = batchWriter(db)
  return async (batch: Batch) => write(batch)
}
export function batchWriter(db: BrandDatabase): (batch: Batch) => BatchResult {
  const { sqlite } = db
  const run: Statements = {
    ...statements(sqlite),
    audit: auditWriter(db),
    move: moveWriter(db),
    life: newLife(),
    numbers: numberer(db),
    suspectsIn: suspects(db),
  }
  const usual = sqlite.transaction((batch: Batch) => writeAll(run, batch))
  const careful = sqlite.transaction(carefulWriter(sqlite, run))
  return (batch) => {
    try {
      return usual.immediate(batch)
    } catch (error) {
      if (!isConflict(error) && !(error instanceof Overtaken)) throw error
      return careful.immediate(batch)
    }
  }
}
