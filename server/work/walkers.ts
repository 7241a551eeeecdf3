import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Crew } from '../rehearsal/crew.ts'
import type { Script } from '../rehearsal/request.ts'
import type { Walked } from '../rehearsal/walked.ts'
import type { Party, Walker } from '../rehearsal/walker.ts'
import { startBuilt, startThread } from '../threads.ts'
import type { WalkerData, WalkerSaid, WalkerTold } from './walker-protocol.ts'

const megabytes = limits.walkerMemory.value / 1_048_576

/** Where this is a part of a built program, the thread's lies beside it. */
function start(data: WalkerData): Worker {
  return import.meta.url.endsWith('.mjs')
    ? startBuilt(new URL('./walker-thread.mjs', import.meta.url), data, megabytes)
    : startThread(new URL('../brand/walker-thread.ts', import.meta.url), data, megabytes)
}

/** A walker in a thread of its own; it walks one party at a time. */
class ThreadWalker implements Walker {
  readonly #worker: Worker
  readonly #ready: Promise<void>
  #hear: ((said: WalkerSaid) => void) | null = null
  #refuse: ((reason: Error) => void) | null = null
  #failed: Error | null = null

  constructor(data: WalkerData, script: Promise<Script>) {
    this.#worker = start(data)
    this.#ready = script.then((written) => this.#tell({ kind: 'script', script: written }))
    // Who walks is told why nothing was written.
    this.#ready.catch(() => undefined)
    this.#worker.on('message', (said: WalkerSaid) => this.#hear?.(said))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', (code) => this.#fail(new Error(`a walker has ended with ${code}`)))
  }

  async walk(party: Party, horizon: number, onDone: (people: number) => void): Promise<Walked> {
    await this.#ready
    return new Promise<Walked>((resolve, reject) => {
      this.#refuse = reject
      this.#hear = (said) => {
        if (said.kind === 'progress') onDone(said.done)
        else if (said.kind === 'walked') resolve(said.walked)
        else reject(new Problem(said.code, { ...said.details }, said.place ?? undefined))
      }
      if (this.#failed === null) this.#tell({ kind: 'party', party, horizon })
      else reject(this.#failed)
    })
  }

  #tell(told: WalkerTold): void {
    this.#worker.postMessage(told)
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners('exit')
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failed ??= error
    this.#refuse?.(this.#failed)
  }
}

/** So many are walked in the time that threads need to be ready and to run as quickly as the one that called them. */
const worthThreads = 10_000

/** Walks the customers of a database in threads, each with a connection of its own: on as many cores as it may have. */
export function walkersOf(database: string, least = worthThreads): Crew {
  const count = Math.max(1, Math.min(limits.rehearsalThreads.value, availableParallelism()))
  return {
    least,
    call(script) {
      const walkers = Array.from({ length: count }, () => new ThreadWalker({ database }, script))
      return {
        walkers,
        dismiss: async () => {
          await Promise.all(walkers.map((walker) => walker.end()))
        },
      }
    },
  }
}
