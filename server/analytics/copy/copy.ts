import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { Problem } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import type { AnswerTo, AskedOf, Base, BaseQuestion } from '../../ports/base.ts'
import type { Truth, TruthMark, TruthReading } from '../../ports/truth.ts'
import type { CopyBase } from './condition.ts'
import { closeDuck, type Duck, openDuck } from './duck.ts'
import { faultOf, problemOf } from './faults.ts'
import { feedAll, feedChanges, type Pulse } from './feed.ts'
import { inMemory, openingOf, removeCopyFile } from './files.ts'
import type { Found } from './found.ts'
import { type Kept, readKept, writeKept } from './kept.ts'
import { answers } from './questions.ts'

export interface CopyOptions {
  readonly truth: Truth
  /** Where it lies; `:memory:` for a scratch one. */
  readonly file: string
  /** Bytes that the disk has left, where a test has a say in it. */
  readonly room?: () => number
}

const isEmpty = (one: object) =>
  Object.values(one).every((value) => Array.isArray(value) && value.length === 0)

/** The analytical copy of one brand: fed from the truth, and asked over the whole base. It can be thrown away. */
export class AnalyticalCopy implements Base {
  readonly #truth: Truth
  readonly #file: string
  readonly #room: () => number
  #duck: Duck | null = null
  #kept: Kept | null = null
  #base: CopyBase | null = null
  /** The truth's stamp when it was last read. */
  #stamp = ''
  #reading: Promise<void> = Promise.resolve()
  /** The reading that has not begun yet. */
  #next: Promise<void> | null = null
  #closing = false
  /** Rows copied so far, while it is made anew, and about how many there are. */
  #building: { rows: number; readonly of: number } | null = null
  /** The bytes that the disk had left when it was last too full. */
  #full: number | null = null

  constructor({ truth, file, room }: CopyOptions) {
    this.#truth = truth
    this.#file = file
    this.#room =
      room ??
      (() => {
        const { bavail, bsize } = statfsSync(dirname(file))
        return bavail * bsize
      })
  }

  /** How far it has read; null where it is not made yet. */
  get mark(): TruthMark | null {
    return this.#kept?.mark ?? null
  }

  /** Rows copied so far while it is made anew, and about how many there are; else null. */
  get building(): { readonly rows: number; readonly of: number } | null {
    const { rows = 0, of = 0 } = this.#building ?? {}
    return this.#building === null ? null : { rows, of: Math.max(rows, of) }
  }

  /**
   * Reads all that stands in the truth now. On a disk that was too full it is tried again once that has more room, or
   * where `again` says so: to fill the disk for everybody who asks would help nobody. Problems `copy-no-room`, `copy-failed`.
   */
  catchUp({ again = false } = {}): Promise<void> {
    if (again) this.#full = null
    // One under way may have passed by what is there now.
    this.#next ??= this.#reading.then(() => {
      this.#next = null
      const reading = this.#read()
      this.#reading = reading.catch(() => undefined)
      return reading
    })
    return this.#next
  }

  async ask<K extends BaseQuestion>(kind: K, asked: AskedOf<K>, signal?: AbortSignal): Promise<AnswerTo<K>> {
    if (!this.#goesOn(asked)) await this.catchUp()
    try {
      return await this.#answer(kind, asked, signal)
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof Problem || faultOf(error) !== 'damaged') throw problemOf(error, megabytes)
      // What was written cannot be read any more: it is made anew, once.
      this.#drop()
      removeCopyFile(this.#file)
      await this.catchUp()
      return this.#answer(kind, asked, signal).catch((again: unknown) => {
        throw problemOf(again, megabytes)
      })
    }
  }

  /** Whether what is asked goes on with what was read for it before. */
  #goesOn(asked: object): boolean {
    return this.#duck !== null && 'continued' in asked && asked.continued === true
  }

  /** Throws it away and makes it anew. */
  async rebuild(): Promise<void> {
    await this.#reading
    this.#drop()
    removeCopyFile(this.#file)
    await this.catchUp()
  }

  /** What is being read is broken off. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#reading
    this.#drop()
    this.#truth.close()
  }

  async #answer<K extends BaseQuestion>(
    kind: K,
    asked: AskedOf<K>,
    signal: AbortSignal | undefined,
  ): Promise<AnswerTo<K>> {
    const [duck, base] = [this.#duck, this.#base]
    if (duck === null || base === null) throw new Problem('copy-failed', { detail: 'closed' })
    const connection = await duck.instance.connect()
    const end = () => connection.interrupt()
    signal?.addEventListener('abort', end)
    try {
      // A kind and what is asked belong together; a table's member that is looked up by a variable has forgotten that.
      const answer = answers[kind] as (found: Found, asked: AskedOf<K>) => Promise<AnswerTo<K>>
      return await answer(foundBy(connection, base, this.#truth, signal), asked)
    } finally {
      signal?.removeEventListener('abort', end)
      connection.closeSync()
    }
  }

  async #read(): Promise<void> {
    const stamp = this.#truth.stamp()
    if (this.#duck !== null && stamp === this.#stamp) return
    const room = this.#file === inMemory ? Number.POSITIVE_INFINITY : this.#room()
    if (this.#full !== null && room < this.#full + limits.copyRoom.value / 8)
      throw new Problem('copy-no-room')
    this.#full = null
    try {
      await this.#truth.read((reading) => this.#follow(reading))
      this.#stamp = stamp
    } catch (error) {
      this.#drop()
      const problem = problemOf(error, megabytes)
      if (problem.code === 'copy-no-room') this.#full = room
      throw problem
    }
  }

  /** Brings it to where the truth stands, from where it stands itself or from nothing. */
  async #follow(reading: TruthReading): Promise<void> {
    if (await this.#continued(reading)) return
    this.#drop()
    removeCopyFile(this.#file)
    this.#building = { rows: 0, of: reading.about() }
    try {
      await this.#make(reading)
    } catch (error) {
      // What is left of it would keep a full disk full.
      this.#drop()
      removeCopyFile(this.#file)
      throw error
    } finally {
      this.#building = null
    }
  }

  /** Whether it could go on from where it stood. */
  async #continued(reading: TruthReading): Promise<boolean> {
    try {
      await this.#open()
      const [duck, kept] = [this.#duck, this.#kept]
      if (duck === null || kept === null || kept.generation !== reading.generation) return false
      const changes = reading.since(kept.mark)
      if (changes === null) return false
      const now = keptOf(reading)
      const retyped = now.types !== kept.types
      const same = !retyped && isEmpty(changes) && reading.mark.event === kept.mark.event
      if (!same) {
        const pulse = this.#pulse()
        await within(duck.writer, async () => {
          await feedChanges(duck.writer, reading, { from: kept.mark, changes, retyped }, pulse)
          await writeKept(duck.writer, now)
        })
        this.#kept = now
      }
      const others = retyped || changes.customers === 'all' || changes.customers.length > 0
      await this.#note(duck, reading, this.#base === null || others)
      return true
    } catch (error) {
      const fault = faultOf(error)
      if (error instanceof Problem || fault === 'no-room' || fault === 'too-large' || fault === 'held')
        throw error
      return false
    }
  }

  async #make(reading: TruthReading): Promise<void> {
    const pulse = this.#pulse()
    const duck = await openDuck(this.#file)
    this.#duck = duck
    await feedAll(duck.writer, reading, (rows) => {
      if (this.#building !== null) this.#building.rows += rows
      pulse(rows)
    })
    const kept = keptOf(reading)
    await writeKept(duck.writer, kept)
    if (this.#file !== inMemory) await duck.writer.run('checkpoint')
    this.#kept = kept
    await this.#note(duck, reading, true)
  }

  async #open(): Promise<void> {
    if (this.#duck !== null || this.#file === inMemory || !existsSync(this.#file)) return
    const opening = openingOf(this.#file)
    // Whoever opened it last has ended over it.
    if (existsSync(opening)) removeCopyFile(this.#file)
    writeFileSync(opening, '')
    try {
      const duck = await openDuck(this.#file)
      this.#duck = duck
      this.#kept = await readKept(duck.writer)
    } finally {
      rmSync(opening, { force: true })
    }
  }

  async #note({ writer }: Duck, { saved, types }: TruthReading, changed: boolean): Promise<void> {
    const zones = changed ? await zonesIn(writer) : (this.#base?.zones ?? [])
    this.#base = { saved, types, zones, picked: nothingPicked }
  }

  /** The truth needs room itself: the copy takes none of the last. */
  #pulse(): Pulse {
    const look = () => {
      if (this.#closing) throw new Problem('copy-failed', { detail: 'closed' })
      if (this.#file !== inMemory && this.#room() < limits.copyRoom.value) throw new Problem('copy-no-room')
    }
    look()
    return look
  }

  #drop(): void {
    if (this.#duck !== null) closeDuck(this.#duck)
    this.#duck = null
    this.#kept = null
    this.#base = null
  }
}

const megabytes = limits.copyMemory.value / 1_048_576

const keptOf = ({ generation, mark, types }: TruthReading): Kept => ({
  generation,
  mark,
  types: JSON.stringify(types),
})

/** All of it or nothing. */
async function within(writer: DuckDBConnection, work: () => Promise<void>): Promise<void> {
  await writer.run('begin transaction')
  try {
    await work()
    await writer.run('commit')
  } catch (error) {
    // What broke it off may have ended the transaction already: only the first reason counts.
    await writer.run('rollback').catch(() => undefined)
    throw error
  }
}

async function zonesIn(connection: DuckDBConnection): Promise<string[]> {
  const zones = await connection.runAndReadAll(
    'select distinct timezone from customers where timezone is not null',
  )
  return zones.getRowsJS().map(([zone]) => String(zone))
}

const nothingPicked: CopyBase['picked'] = new Map()

function foundBy(
  connection: DuckDBConnection,
  base: CopyBase,
  truth: Truth,
  signal: AbortSignal | undefined,
): Found {
  return {
    base,
    async picks(ids, now) {
      // Reckoned in this thread: others who ask are answered between two parts.
      await breathe()
      signal?.throwIfAborted()
      return truth.picks(ids, now)
    },
    async rows(sql, values: readonly DuckDBValue[] = []) {
      signal?.throwIfAborted()
      const found = await connection.runAndReadAll(sql, [...values])
      return found.getRowsJS()
    },
  }
}
