import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type ImportAnswer,
  type ImportCounts,
  type ImportKind,
  type ImportList,
  importCounts,
} from '../../shared/api/imports.ts'
import { type Actor, engineActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { problemText } from '../../shared/errors/say.ts'
import type { Locale } from '../../shared/text.ts'
import type { EntrantsInto, ImportProgress, ImportReport, ImportRequest } from '../imports/index.ts'
import type { Desk } from '../ports/desk.ts'
import { troubleOf } from '../ports/trouble.ts'
import type { RunningWork } from '../ports/work.ts'

/** What the use cases of imports work with. */
export interface ImportDesk extends Desk {
  /** The folder of files that came in, and of what was made of them. */
  readonly importsFolder: string
  /** Has a file read in beside the server, at its turn. Problem `work-busy`. */
  importFile(
    actor: Actor,
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
  ): RunningWork<ImportReport>
}

export interface BeginImport {
  readonly id: string
  readonly kind: ImportKind
  /** Where the file lies that came in, and how it was named. */
  readonly source: string
  readonly name: string
  /** The journey or the list that a list of customers is let into. */
  readonly into?: EntrantsInto
  /** The list that was made for it: where nobody comes into it, it goes again. */
  readonly made?: string
  readonly mapping?: NonNullable<ImportRequest['mapping']>
  readonly types?: NonNullable<ImportRequest['types']>
  readonly options?: NonNullable<ImportRequest['options']>
  /** The language in which a failure is told. */
  readonly locale: Locale
}

const noCounts: ImportCounts = {
  ...{ imported: 0, updated: 0, unchanged: 0, rejected: 0, lines: 0, passed: 0, cells: 0 },
  ...{ created: 0, matched: 0, withdrawn: 0, removed: 0 },
}

/** What a finished import tells. */
function toldOf(report: ImportReport): Partial<ImportAnswer> {
  const { rows, rejections, passedRows, cellFaults, shared } = report
  return {
    ...importCounts.parse(report),
    progress: { done: rows, of: rows },
    rejections: rejections.map((one) => ({ ...one, reason: { ...one.reason } })),
    passedRows: passedRows.map((one) => ({ ...one, lines: [...one.lines], reason: { ...one.reason } })),
    cellFaults: cellFaults.map((one) => ({ ...one, reason: { ...one.reason } })),
    shared: {
      count: shared.count,
      addresses: shared.addresses.map(({ address, customers }) => ({ address, customers: [...customers] })),
    },
  }
}

interface Running {
  readonly job: RunningWork<ImportReport>
  answer: ImportAnswer
}

const rejectedPath = ({ importsFolder }: ImportDesk, id: string) => join(importsFolder, `${id}.rejected.csv`)

/** How long until it is tried again to write how an import has ended (ms). */
const writeAgainMs = 1_000

/** What the engine cannot do now it does when it can. */
async function unlessTroubled(settled: Promise<void>): Promise<void> {
  try {
    await settled
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** The imports of one server: those under way beside those that are kept. */
export class Imports {
  readonly #running = new Map<string, Running>()
  readonly #ending = new Set<Promise<void>>()
  readonly #stopping = new AbortController()

  /** Begins to read a file in; the file is gone when it ends. */
  async begin(desk: ImportDesk, actor: Actor, command: BeginImport): Promise<ImportAnswer> {
    const { id, locale, made: _made, ...file } = command
    const { zone, currency } = desk.brand()
    const entry: Running = {
      job: desk.importFile(
        actor,
        {
          ...{ ...file, id, zone, currency },
          ...{ receivedAt: desk.now(), realAt: desk.act(actor).realAt },
          rejectedPath: rejectedPath(desk, id),
        },
        ({ done, of, ...counts }) => {
          entry.answer = { ...entry.answer, ...counts, progress: { done, of } }
        },
      ),
      answer: {
        id,
        kind: file.kind,
        file: file.name,
        state: 'running',
        progress: { done: 0, of: 0 },
        before: 0,
        ...noCounts,
        rejections: [],
        passedRows: [],
        cellFaults: [],
        shared: { count: 0, addresses: [] },
        problem: null,
        startedAt: desk.act(actor).realAt,
        finishedAt: null,
      },
    }
    this.#running.set(id, entry)
    const begun = { ...entry.answer }
    await desk.stores.imports.begin(desk.act(actor), begun)
    const end = async (change: Partial<ImportAnswer>) => {
      await this.#written(
        async () => {
          // Before it is told to have ended: an erasure that has waited for this end must not find the file still there.
          await rm(file.source, { force: true })
          const act = desk.act(actor)
          if (command.made !== undefined) await desk.stores.audiences.removeUnfilled(act, command.made)
          await desk.stores.imports.end(act, { ...entry.answer, ...change, finishedAt: act.realAt })
        },
        // Until it can be written, pages are told from here.
        () => {
          entry.answer = { ...entry.answer, ...change, finishedAt: desk.act(actor).realAt }
        },
      )
      this.#running.delete(id)
      // Whom it has noted comes in at once, also where time stands; else by the engine's next beat.
      if (command.into !== undefined) await unlessTroubled(desk.settle())
    }
    const ended = entry.job.result
      .then(
        (report) => end({ ...toldOf(report), state: 'done' }),
        (error: unknown) => end({ state: 'failed', problem: problemText(error, locale) }),
      )
      .finally(() => this.#ending.delete(ended))
    this.#ending.add(ended)
    return begun
  }

  /**
   * Writes how an import has ended; where the disk is full or the like, as often as it takes. What cannot be written
   * until the process ends is told by the next one, as of any import that was broken off.
   */
  async #written(write: () => Promise<void>, late: () => void): Promise<void> {
    for (;;)
      try {
        return await write()
      } catch (error) {
        if (troubleOf(error) === null) throw error
        late()
        if (this.#stopping.signal.aborted) return
        await pause(writeAgainMs, undefined, { signal: this.#stopping.signal, ref: false }).catch(
          () => undefined,
        )
      }
  }

  #now(id: string): ImportAnswer | undefined {
    const running = this.#running.get(id)
    return running && { ...running.answer, before: running.job.before() }
  }

  async latest(desk: ImportDesk): Promise<ImportList> {
    const { imports, unreadable } = await desk.stores.imports.latest(50)
    return { imports: imports.map((one) => this.#now(one.id) ?? one), unreadable: [...unreadable] }
  }

  /** Problems `not-found`, `row-unreadable`. */
  async find(desk: ImportDesk, id: string): Promise<ImportAnswer> {
    const answer = this.#now(id) ?? (await desk.stores.imports.find(id))
    if (answer === undefined) throw new Problem('not-found', { what: id }, 'import')
    return answer
  }

  /** Ends a running import; what was written stays. */
  async cancel(desk: ImportDesk, actor: Actor, { id }: { id: string }): Promise<void> {
    await this.find(desk, id)
    const entry = this.#running.get(id)
    if (entry === undefined || entry.answer.state !== 'running') return
    await desk.stores.imports.cancel(desk.act(actor), id)
    entry.job.cancel()
  }

  /** The file of all that did not enter; Problem `not-found`. */
  async rejectedFile(desk: ImportDesk, id: string): Promise<string> {
    await this.find(desk, id)
    const path = rejectedPath(desk, id)
    if (!existsSync(path)) throw new Problem('not-found', { what: 'rejected.csv' }, 'import')
    return path
  }

  /** Ends what a process that stopped has left running. */
  async endInterrupted(desk: ImportDesk): Promise<void> {
    const interrupted = problemText(new Problem('import-cancelled'), desk.brand().language)
    await desk.stores.imports.endInterrupted(desk.act(engineActor), interrupted)
  }

  /** Ends each that is under way after its batch in hand. */
  cancelAll(): void {
    for (const { job } of this.#running.values()) job.cancel()
  }

  /** Ends all that is under way; resolves when it has ended. */
  async stop(): Promise<void> {
    this.cancelAll()
    this.#stopping.abort()
    await Promise.all(this.#ending)
  }
}
