import { statfsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type BetterSqlite3 from 'better-sqlite3'
import { Problem } from '../../../shared/errors/index.ts'
import { systemCodeOf, type Trouble, type TroubleCode, troubleOf, troubles } from '../../ports/trouble.ts'

/** How long a call may block its thread while another connection writes (ms): a short commit, no more. */
export const blockingMs = 100
/** How long a call is tried again, without blocking, until it is refused with `store-busy` (ms). */
const patienceMs = 5_000
/** Pauses between the tries, as SQLite itself makes them; the last one is repeated. */
const pausesMs = [2, 5, 10, 20, 25, 25, 50, 50, 100]
/** Pauses between looking whether a trouble is over; the last one is repeated. */
const probesMs = [250, 500, 1_000, 2_000, 5_000]
/** With less than this left, an error of reading or writing is a full disk's. */
const nothingLeft = 1_048_576

export interface SteadyOptions {
  readonly path: string
  readonly blockingMs?: number
  readonly patienceMs?: number
}

/** How a connection bears what its surroundings do to it: another writer, a full disk, a failing one. */
export interface Steady {
  /**
   * Runs something whose every write is a transaction that takes the lock as it begins, so that nothing has been
   * done where it is refused: it is run again until another writer has let go. Problem of the trouble there is.
   */
  run<T>(work: () => Promise<T>): Promise<T>
  /** What there is now; null where all is well. */
  trouble(): Trouble | null
  /** Is told whenever that changes; answers how to end it. */
  watch(listener: (trouble: Trouble | null) => void): () => void
  /** Says of the file what a look at it has shown. */
  note(code: TroubleCode, detail: string): void
  close(): void
}

/** Writes for real, as much as a small batch, and takes it back: whether there is room shows in no other way. */
function probeOf(sqlite: BetterSqlite3.Database, code: TroubleCode): void {
  if (code === 'store-busy') {
    sqlite.exec('begin immediate')
    sqlite.exec('rollback')
    return
  }
  const key = 'probe'
  const put = sqlite.prepare(
    `insert into meta (key, value) values (?, json_quote(printf('%.*c', 65536, 'x')))
     on conflict do update set value = excluded.value`,
  )
  put.run(key)
  sqlite.prepare('delete from meta where key = ?').run(key)
}

/** A full disk shows by other errors too, such as when the index of the log cannot grow. */
function meantBy(code: TroubleCode, path: string): TroubleCode {
  if (code !== 'disk-failing') return code
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize < nothingLeft ? 'disk-full' : code
}

export function createSteady(sqlite: BetterSqlite3.Database, options: SteadyOptions): Steady {
  const { path, patienceMs: patience = patienceMs } = options
  const blocking = options.blockingMs ?? blockingMs
  const file = basename(path)
  const listeners = new Set<(trouble: Trouble | null) => void>()
  let trouble: Trouble | null = null
  let changesThen = 0
  let waiting = 0
  let timer: NodeJS.Timeout | null = null

  // Prepared at its first use: a connection that never gets into trouble asks for nothing.
  const changes = () => Number(sqlite.prepare('select total_changes()').pluck().get())
  const tell = (now: Trouble | null): void => {
    trouble = now
    for (const listener of listeners) listener(now)
  }
  const clear = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (trouble !== null) tell(null)
  }
  const look = (turn: number): void => {
    timer = setTimeout(() => {
      if (trouble === null || !troubles[trouble.code].passes || !sqlite.open) {
        timer = null
        return
      }
      // Until the next look is set, this one is still under way: what it meets sets no other going.
      try {
        if (!sqlite.inTransaction) {
          sqlite.pragma('busy_timeout = 0')
          probeOf(sqlite, trouble.code)
          clear()
          return
        }
      } catch (error) {
        // Whatever else the probe meets, it is not over.
        const code = troubleOf(error)
        if (code !== null) raise(code, error)
      } finally {
        if (waiting === 0) sqlite.pragma(`busy_timeout = ${blocking}`)
      }
      look(turn + 1)
    }, probesMs[turn] ?? probesMs.at(-1)).unref()
  }
  const raise = (found: TroubleCode, error: unknown): Problem => {
    const detail = error instanceof Error ? systemCodeOf(error) : String(error)
    const code = meantBy(found, path)
    const details = { file, detail }
    if (found !== 'store-damaged') changesThen = changes()
    if (trouble?.code !== code) tell({ code, details })
    if (troubles[code].passes && timer === null && !sqlite.readonly) look(0)
    return new Problem(code, details)
  }
  /** While somebody waits, it is known that another has the lock: nobody blocks the thread to find out. */
  const inLine = async (work: () => Promise<void>): Promise<void> => {
    waiting += 1
    if (waiting === 1) sqlite.pragma('busy_timeout = 0')
    try {
      await work()
    } finally {
      waiting -= 1
      if (waiting === 0 && sqlite.open) sqlite.pragma(`busy_timeout = ${blocking}`)
    }
  }

  return {
    async run(work) {
      if (trouble?.code === 'store-gone') throw new Problem(trouble.code, trouble.details)
      let waited = 0
      const attempt = async () => {
        try {
          const answer = await work()
          // A write has gone through since: reading would not show it.
          if (trouble !== null && troubles[trouble.code].passes && changes() > changesThen) clear()
          return { answer }
        } catch (error) {
          const code = troubleOf(error)
          if (code === null || error instanceof Problem) throw error
          if (code !== 'store-busy' || waited >= patience) throw raise(code, error)
          return null
        }
      }
      let done = await attempt()
      if (done === null)
        await inLine(async () => {
          for (let turn = 0; done === null; turn += 1) {
            const ms = pausesMs[turn] ?? 100
            await pause(ms)
            waited += ms
            done = await attempt()
          }
        })
      // The loop above has ended with an answer, or thrown.
      if (done === null) throw new Error('the store gave no answer')
      return done.answer
    },
    trouble: () => trouble,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    note: (code, detail) => void raise(code, detail),
    close() {
      if (timer !== null) clearTimeout(timer)
      listeners.clear()
    },
  }
}

/** What answers at once cannot be tried again later: such a method does not compile here. */
type Asynchronous<Store> = {
  readonly [Name in keyof Store]: Store[Name] extends (...given: never[]) => infer Answer
    ? Answer extends Promise<unknown>
      ? Store[Name]
      : never
    : Asynchronous<Store[Name]>
}

/** A store whose every method bears its connection's surroundings, and those of its parts with it. */
export function steadied<Store extends object>(
  steady: Pick<Steady, 'run'>,
  store: Store & Asynchronous<Store>,
): Store {
  return steadiedPart(steady, store)
}

function steadiedPart<Part extends object>(steady: Pick<Steady, 'run'>, store: Part): Part {
  const wrapped = new Map<string | symbol, unknown>()
  return new Proxy(store, {
    get(target, name, receiver) {
      const known = wrapped.get(name)
      if (known !== undefined) return known
      const part: unknown = Reflect.get(target, name, receiver)
      if (part === null || (typeof part !== 'object' && typeof part !== 'function')) return part
      const whole =
        typeof part === 'function'
          ? (...given: unknown[]) => steady.run(async () => Reflect.apply(part, target, given))
          : steadiedPart(steady, part)
      wrapped.set(name, whole)
      return whole
    },
  })
}
