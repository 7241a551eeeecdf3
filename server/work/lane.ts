import { Problem } from '../../shared/errors/index.ts'

export interface LaneLimits {
  readonly atOnce: number
  /** Of one key: who has many of a kind holds up the own ones, and nobody else's. */
  readonly atOnceEach: number
  readonly waiting: number
  readonly waitingEach: number
  /** null: however long it takes. */
  readonly waitMs: number | null
}

interface Waiting {
  readonly begin: (release: () => void) => void
  readonly moved: (before: number) => void
}

/** Places for work: keys have their turns round and round, and each its own work in the order of its coming. */
export class Lane {
  readonly #limits: LaneLimits
  readonly #running = new Map<string, number>()
  /** The key whose turn is next stands first. */
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  get running(): number {
    return sum(this.#running.values())
  }

  get waiting(): number {
    return sum([...this.#waiting.values()].map(({ length }) => length))
  }

  /**
   * Resolves at its turn to what gives the place back. `moved` hears how many come before it, those that run among them. Problem `work-busy`
   * where too many wait, or it has waited too long; the signal's reason where that aborts before.
   */
  enter(key: string, signal: AbortSignal, moved: (before: number) => void): Promise<() => void> {
    signal.throwIfAborted()
    const queue = this.#waiting.get(key) ?? []
    const { waiting, waitingEach, waitMs } = this.#limits
    // A place may be free: then nobody waits.
    if (!this.#free(key) && (this.waiting >= waiting || queue.length >= waitingEach))
      throw new Problem('work-busy')
    return new Promise((resolve, reject) => {
      const late = waitMs === null ? null : setTimeout(() => leave(new Problem('work-busy')), waitMs)
      const settle = () => {
        if (late !== null) clearTimeout(late)
        signal.removeEventListener('abort', onAbort)
      }
      const leave = (reason: unknown) => {
        settle()
        this.#drop(key, one)
        reject(reason)
      }
      const onAbort = () => leave(signal.reason)
      const one: Waiting = {
        moved,
        begin: (release) => {
          settle()
          resolve(release)
        },
      }
      signal.addEventListener('abort', onAbort)
      this.#waiting.set(key, [...queue, one])
      this.#next()
    })
  }

  #free(key: string): boolean {
    const { atOnce, atOnceEach } = this.#limits
    return this.running < atOnce && (this.#running.get(key) ?? 0) < atOnceEach
  }

  #drop(key: string, one: Waiting): void {
    const rest = (this.#waiting.get(key) ?? []).filter((other) => other !== one)
    if (rest.length === 0) this.#waiting.delete(key)
    else this.#waiting.set(key, rest)
    this.#tell()
  }

  /** Begins what has a place; a key that was served stands last. */
  #next(): void {
    for (const [key, [one, ...rest]] of [...this.#waiting]) {
      if (one === undefined || !this.#free(key)) continue
      this.#waiting.delete(key)
      if (rest.length > 0) this.#waiting.set(key, rest)
      this.#running.set(key, (this.#running.get(key) ?? 0) + 1)
      one.begin(this.#release(key))
    }
    this.#tell()
  }

  #release(key: string): () => void {
    let held = true
    return () => {
      if (!held) return
      held = false
      const left = (this.#running.get(key) ?? 1) - 1
      if (left === 0) this.#running.delete(key)
      else this.#running.set(key, left)
      this.#next()
    }
  }

  /** Whatever runs comes before all that wait; of other keys, those that have their turn sooner. */
  #tell(): void {
    const { running } = this
    const queues = [...this.#waiting.values()]
    for (const [at, queue] of queues.entries())
      for (const [place, one] of queue.entries()) {
        const sooner = queues.map((other, index) => Math.min(other.length, index < at ? place + 1 : place))
        one.moved(running + sum(sooner))
      }
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
