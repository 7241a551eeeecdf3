import type Database from 'better-sqlite3'
import type { Enrollment, Wait } from '../../../../shared/nodes/type.ts'
import type { Change } from '../../../ports/engine.ts'
import { type Cell, RowWriter } from '../row-writer.ts'
import { encodeData, encodeEntry } from './enrollments.ts'
import { shardOf } from './shard.ts'

/** Of fewer than this each is written alone: a list of them has to be read by SQLite first. */
const worthAList = 8

/** Enrollments of a batch that do the same; what is written of them differs in nothing but who they are. */
interface Alike {
  readonly first: Change
  readonly data: string
  readonly ids: number[]
}

/** Those who come to one state, by what is written of them, and to whom the last belonged: the next mostly does too. */
interface Arrivals {
  readonly byText: Map<string, Alike>
  last: Alike
}

/** Somebody of a batch that was written as one has been changed by others since it was read. */
export class Overtaken extends Error {}

/** When the enrollment is looked at next: its wait's end, its retry, at once when it is still moving. */
function dueOf({ enrollment, ending, failure }: Change, now: number): number | null {
  if (ending !== null) return null
  if (failure !== null) return failure.retryAt
  return enrollment.wait === null ? now : enrollment.wait.until
}

function sameWait(a: Wait | null, b: Wait | null): boolean {
  if (a === b) return true
  if (a === null || b === null || a.until !== b.until || a.cause !== b.cause) return false
  if (a.event === null || b.event === null) return a.event === b.event
  return (
    a.event.event === b.event.event &&
    a.event.after === b.event.after &&
    a.event.until === b.event.until &&
    a.event.others === b.event.others
  )
}

/** Whether two are written alike; sure at a look, so that their texts need not be made. */
function isAlike(one: Change, other: Change): boolean {
  const a: Enrollment = one.enrollment
  const b: Enrollment = other.enrollment
  return (
    one.before === other.before &&
    one.ending === other.ending &&
    one.countsUntil === other.countsUntil &&
    a.arrivedAt === b.arrivedAt &&
    a.steps === b.steps &&
    a.history === b.history &&
    a.coupons === b.coupons &&
    a.goals === b.goals &&
    a.by === b.by &&
    sameWait(a.wait, b.wait)
  )
}

/** Those of a batch who are written as this one is; `mark` tells apart what stands beside the text. */
function alikeAmong(states: Map<string, Arrivals>, change: Change, mark: string): Alike {
  const known = states.get(change.enrollment.state)
  if (known !== undefined && isAlike(known.last.first, change)) {
    const { version } = known.last.first.enrollment
    if (mark === '' || version === change.enrollment.version) return known.last
  }
  const { arrivedAt, steps } = change.enrollment
  const data = encodeData(change.enrollment)
  const text = `${change.before} ${steps} ${arrivedAt} ${change.ending} ${change.countsUntil} ${data}${mark}`
  const found = known?.byText.get(text) ?? { first: change, data, ids: [] }
  if (known === undefined)
    states.set(change.enrollment.state, { byText: new Map([[text, found]]), last: found })
  else {
    known.byText.set(text, found)
    known.last = found
  }
  return found
}

/** Whether it only goes on or ends, with nothing else to be written or taken off; most of a batch does. */
const isPlain = ({ before, failure, ending, decided, hadFailed, leftAt, carried }: Change): boolean =>
  before !== null &&
  leftAt === null &&
  failure === null &&
  (ending !== null || (decided && !hadFailed)) &&
  carried === null

/** Whether one that comes to another version waits there as it did. */
const waitsOn = ({ carried, ending, decided, failure, hadFailed }: Change): boolean =>
  carried?.keepsWait === true && ending === null && !decided && failure === null && !hadFailed

/** Whether one that comes to another version has been asked there and goes on waiting, with nothing to be taken off it. */
const isLanding = ({ carried, ending, decided, failure, hadFailed }: Change): boolean =>
  carried !== null && decided && ending === null && failure === null && !hadFailed

/** Whether nothing else about it has changed. */
const isStaying = (change: Change): boolean =>
  change.carried !== null && waitsOn(change) && change.moves.length === 1

const ofRow = 'where id = ? and steps = ? and ended_at is null'
const ofList = 'where id in (select value from json_each(?)) and steps = ? and ended_at is null'
// Most enrollments only go on. Leaving the other columns alone keeps their indices untouched.
const going =
  'update enrollments set state = ?, due_at = ?, wait_event = ?, arrived_at = ?, steps = ?, data = ?'
const changing = `update enrollments set state = ?, status = ?, due_at = ?, wait_event = ?, arrived_at = ?, steps = ?,
  data = ?, attempts = ?, error = ?, ended_at = ?, ending = ?, counts_until = ?`

/** Where `changed` has them. */
const dueCell = 2
const attemptsCell = 7

const entered =
  `state, status, due_at, wait_event, arrived_at, steps, data, attempts, error, ended_at, ending,
  counts_until, id, shard, journey_id, version, customer_id, entry_key, entered_at, control, entry`.split(',')
const entering = `into enrollments (${entered.join(',')})`

function statements(sqlite: Database.Database) {
  return {
    insert: sqlite.prepare(`insert or ignore ${entering} values (${entered.map(() => '?').join(', ')})`),
    insertAll: new RowWriter(sqlite, `insert or fail ${entering}`, entered.length),
    update: sqlite.prepare(`${changing} ${ofRow}`),
    updateAll: sqlite.prepare(`${changing} ${ofList}`),
    goOn: sqlite.prepare(`${going} ${ofRow}`),
    goOnAll: sqlite.prepare(`${going} ${ofList}`),
    stayAll: sqlite.prepare(`update enrollments set version = ?, steps = ? ${ofList}`),
    carry: sqlite.prepare(`${changing}, version = ? ${ofRow}`),
    landAll: sqlite.prepare(`${going}, version = ? ${ofList}`),
    carryWaiting: sqlite.prepare(`update enrollments set version = ?, steps = ?, data = ? ${ofRow}`),
    count: sqlite.prepare(`update enrollments set steps = ?, data = ? ${ofRow}`),
    // Whoever has left stays so; only goals have been counted.
    countAfter: sqlite.prepare(
      'update enrollments set steps = ?, data = ? where id = ? and steps = ? and ended_at is not null',
    ),
  }
}

/** Writes the enrollments of a batch: each alone, or those that do the same with one statement. */
export class EnrollmentWriter {
  readonly #run: ReturnType<typeof statements>
  readonly #states = new Map<string, Arrivals>()
  /** Who come to one state of another version and wait there as others do. */
  readonly #landing = new Map<string, Arrivals>()
  /** Who come to another version as they stand, by what is written of them. */
  readonly #staying = new Map<string, { readonly first: Change; readonly ids: number[] }>()

  constructor(sqlite: Database.Database) {
    this.#run = statements(sqlite)
  }

  /** Writes one; false where somebody else was first. */
  write(change: Change, now: number): boolean {
    const { before, enrollment, decided } = change
    if (before === null) return this.#run.insert.run(...this.#entered(change, now)).changes === 1
    const data = encodeData(enrollment)
    const { id, steps } = enrollment
    if (change.carried !== null) return this.#carry(change, data, now)
    if (change.leftAt !== null) return this.#run.countAfter.run(steps, data, id, before).changes === 1
    if (isPlain(change) && change.ending === null)
      return this.#run.goOn.run(...goingOn(change, data, now), id, before).changes === 1
    if (change.ending === null && change.failure === null && !decided)
      return this.#run.count.run(steps, data, id, before).changes === 1
    return this.#run.update.run(...changed(change, data, now), id, before).changes === 1
  }

  /** The same, but one that only goes on waits for others that do so alike, until `flush`. */
  gather(change: Change, now: number): boolean {
    if (change.before === null) return this.#enter(change, now)
    if (isStaying(change)) return this.#stay(change)
    if (isLanding(change)) {
      alikeAmong(this.#landing, change, ` ${change.enrollment.version}`).ids.push(change.enrollment.id)
      return true
    }
    if (!isPlain(change)) return this.write(change, now)
    alikeAmong(this.#states, change, '').ids.push(change.enrollment.id)
    return true
  }

  #stay(change: Change): boolean {
    const { enrollment, before } = change
    const key = `${enrollment.version} ${before} ${enrollment.steps}`
    const known = this.#staying.get(key)
    if (known === undefined) this.#staying.set(key, { first: change, ids: [enrollment.id] })
    else known.ids.push(enrollment.id)
    return true
  }

  /** Rule 21: one that comes to another version; what has failed on the way is tried again there. */
  #carry(change: Change, data: string, now: number): boolean {
    const { enrollment, before, hadFailed, decided, ending } = change
    const { id, version, steps } = enrollment
    if (waitsOn(change)) return this.#run.carryWaiting.run(version, steps, data, id, before).changes === 1
    const cells = changed(change, data, now)
    if (hadFailed && !decided && ending === null) {
      cells[dueCell] = now
      cells[attemptsCell] = 1
    }
    return this.#run.carry.run(...cells, version, id, before).changes === 1
  }

  /** Whoever leaves in a batch may come in again in it, which the database allows once the end is written. */
  #enter(change: Change, now: number): boolean {
    this.#writeGathered(now)
    this.#run.insertAll.add(...this.#entered(change, now))
    return true
  }

  /**
   * Writes what has been gathered. Throws Overtaken where that would not be all who go on, and what the database says
   * where somebody is in the journey already.
   */
  flush(now: number): void {
    try {
      this.#writeGathered(now)
      this.#run.insertAll.flush()
    } finally {
      this.clear()
    }
  }

  #writeGathered(now: number): void {
    for (const { byText } of this.#states.values())
      for (const alike of byText.values())
        if (this.#writeAlike(alike, now) < alike.ids.length) throw new Overtaken()
    this.#states.clear()
    for (const { byText } of this.#landing.values())
      for (const alike of byText.values()) this.#land(alike, now)
    this.#landing.clear()
    for (const { first, ids } of this.#staying.values()) {
      const { version, steps } = first.enrollment
      const { changes } = this.#run.stayAll.run(version, steps, JSON.stringify(ids), first.before)
      if (changes < ids.length) throw new Overtaken()
    }
    this.#staying.clear()
  }

  #land({ first, data, ids }: Alike, now: number): void {
    const { version } = first.enrollment
    const { changes } = this.#run.landAll.run(
      ...goingOn(first, data, now),
      version,
      JSON.stringify(ids),
      first.before,
    )
    if (changes < ids.length) throw new Overtaken()
  }

  #writeAlike({ first, data, ids }: Alike, now: number): number {
    const { goOn, goOnAll, update, updateAll } = this.#run
    const { before, ending } = first
    const [one, all] = ending === null ? [goOn, goOnAll] : [update, updateAll]
    const values = ending === null ? goingOn(first, data, now) : changed(first, data, now)
    if (ids.length >= worthAList) return all.run(...values, JSON.stringify(ids), before).changes
    return ids.reduce((sum, id) => sum + one.run(...values, id, before).changes, 0)
  }

  #entered(change: Change, now: number): Cell[] {
    const { enrollment, entryKey } = change
    const { id, journeyId, version, customerId, enteredAt, control, entry } = enrollment
    return [
      ...changed(change, encodeData(enrollment), now),
      ...[id, shardOf(customerId), journeyId, version, customerId, entryKey, enteredAt, control ? 1 : 0],
      encodeEntry(entry),
    ]
  }

  /** Forgets what a transaction that failed has left. */
  clear(): void {
    this.#states.clear()
    this.#landing.clear()
    this.#staying.clear()
    this.#run.insertAll.clear()
  }
}

/** Of one that goes on no more is written than what has changed. */
function goingOn(change: Change, data: string, now: number): Cell[] {
  const { state, wait, arrivedAt, steps } = change.enrollment
  return [state, dueOf(change, now), wait?.event?.event ?? null, arrivedAt, steps, data]
}

function changed(change: Change, data: string, now: number): Cell[] {
  const { enrollment, ending, failure } = change
  const { state, wait, arrivedAt, steps } = enrollment
  return [
    state,
    ending !== null ? 'ended' : failure !== null && failure.retryAt === null ? 'stuck' : 'live',
    dueOf(change, now),
    wait?.event?.event ?? null,
    arrivedAt,
    steps,
    data,
    failure?.attempts ?? 0,
    failure?.message ?? null,
    ending === null ? null : now,
    ending,
    change.countsUntil,
  ]
}
