import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { AnswerTo, AskedOf, Base, BaseQuestion } from '../ports/base.ts'
import { copySocketOf } from './copy-place.ts'
import { type CopySaid, type CopyTold, heldByAnother, lineReader } from './copy-protocol.ts'
import { forkBeside, type Program } from './fork.ts'

const source = new URL('../brand/copy-process.ts', import.meta.url)
/** Where this is a part of a built program, the copy's lies beside it. */
const built: Program = import.meta.url.endsWith('.mjs')
  ? fileURLToPath(new URL('./copy-process.mjs', import.meta.url))
  : null

/** Of the process's own heap; what DuckDB takes is beside it (`copyMemory`). */
const heapMegabytes = 512
/** How often a process that has ended over a question is begun anew for it. */
const mostTries = 3
const betweenTriesMs = 100

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What is told, but for its number. */
type Untold =
  | Omit<Extract<CopyTold, { kind: 'ask' }>, 'id'>
  | Omit<Extract<CopyTold, { kind: 'rebuild' }>, 'id'>

/** The process of the copy has ended, or could not be reached. */
class CopyGone extends Error {}

export interface CopyClientOptions {
  /** The brand's database. */
  readonly database: string
  /** After how long somebody who waits is told that the copy is being made; null: who waits, waits. */
  readonly patienceMs: ((kind: BaseQuestion) => number) | null
  /** Where its process lies built, for whom it does not lie beside. */
  readonly program?: Program
}

/** Asked by counts and previews, for which nobody else's page waits. */
const besidePages: ReadonlySet<BaseQuestion> = new Set(['count', 'step'])

/** How long whoever asks waits (ms). */
export const patienceOf = (kind: BaseQuestion): number =>
  (besidePages.has(kind) ? limits.countPatience : limits.copyPatience).value * 1000

/** Asks the process that has a brand's copy open, and begins it where there is none. */
export class CopyClient implements Base {
  readonly #database: string
  readonly #patienceMs: CopyClientOptions['patienceMs']
  readonly #program: Program
  readonly #waiting = new Map<number, Waiting>()
  #line: Promise<Socket> | null = null
  #last = 0

  constructor({ database, patienceMs, program = built }: CopyClientOptions) {
    this.#database = database
    this.#program = program
    this.#patienceMs = patienceMs
  }

  async ask<K extends BaseQuestion>(kind: K, asked: AskedOf<K>, signal?: AbortSignal): Promise<AnswerTo<K>> {
    const patienceMs = this.#patienceMs?.(kind) ?? null
    // What is answered to a kind is what the table of answers says; both are of one build.
    return (await this.#tell({ kind: 'ask', question: kind, asked, patienceMs }, signal)) as AnswerTo<K>
  }

  async rebuild(): Promise<void> {
    await this.#tell({ kind: 'rebuild' })
  }

  async #tell(told: Untold, signal?: AbortSignal): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      signal?.throwIfAborted()
      try {
        return await this.#tellOnce(told, signal)
      } catch (error) {
        if (!(error instanceof CopyGone)) throw error
        if (tries >= mostTries) throw new Problem('copy-failed', { detail: error.message })
      }
    }
  }

  close(): void {
    void this.#line?.then(
      (line) => line.destroy(),
      () => undefined,
    )
    this.#line = null
  }

  async #tellOnce(untold: Untold, signal: AbortSignal | undefined): Promise<unknown> {
    const line = await this.#reached()
    signal?.throwIfAborted()
    this.#last += 1
    const id = this.#last
    const tell = (told: CopyTold) => line.write(`${JSON.stringify(told)}\n`)
    const cancel = () => {
      tell({ kind: 'cancel', id })
      this.#waiting.get(id)?.reject(signal?.reason)
    }
    line.ref()
    signal?.addEventListener('abort', cancel)
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject })
        tell({ id, ...untold })
      })
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#waiting.delete(id)
      // It holds nobody up who wants to end.
      if (this.#waiting.size === 0) line.unref()
    }
  }

  #reached(): Promise<Socket> {
    this.#line ??= this.#reach().catch((error: unknown) => {
      this.#line = null
      throw error
    })
    return this.#line
  }

  async #reach(): Promise<Socket> {
    const path = copySocketOf(this.#database)
    const until = limits.helperStart.value * 1000
    for (let waited = 0; waited <= until; waited += betweenTriesMs) {
      const line = await connected(path)
      if (line !== null) return this.#listen(line)
      await begin(this.#database, this.#program)
      const begun = await connected(path)
      if (begun !== null) return this.#listen(begun)
      // Another one begins it, or has it open and is about to end.
      await pause(betweenTriesMs)
    }
    throw new CopyGone('its process could not be reached')
  }

  #listen(line: Socket): Socket {
    const read = lineReader((said) => this.#hear(said as CopySaid))
    line.setEncoding('utf8').on('data', read)
    line.on('error', () => line.destroy())
    line.once('close', () => {
      this.#line = null
      for (const { reject } of this.#waiting.values()) reject(new CopyGone('its process has ended'))
    })
    return line
  }

  #hear(said: CopySaid): void {
    const waiting = this.#waiting.get(said.id)
    if (waiting === undefined) return
    if (said.kind === 'value') waiting.resolve(said.value)
    else if (said.kind === 'problem')
      waiting.reject(new Problem(said.code, { ...said.details }, said.place ?? undefined))
    else waiting.reject(new Error(said.message))
  }
}

/** null where nobody listens. */
async function connected(path: string): Promise<Socket | null> {
  const line = connect(path)
  return new Promise((resolve) => {
    line.once('connect', () => {
      line.removeAllListeners('error')
      resolve(line)
    })
    line.once('error', () => resolve(null))
  })
}

/** Begins the process; resolves when it listens, or when another one is at work. */
async function begin(database: string, program: Program): Promise<void> {
  const child = forkBeside({
    program,
    source,
    args: [database],
    megabytes: heapMegabytes,
    heard: false,
  })
  const ready = once(child, 'message').then(() => null)
  const ended = once(child, 'exit').then(([code, signal]) => `${signal ?? code}`)
  const reason = await Promise.race([ready, ended])
  child.unref()
  child.channel?.unref()
  if (reason !== null && reason !== String(heldByAnother))
    throw new CopyGone(`its process ended with ${reason}`)
}
