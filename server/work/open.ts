import { randomUUID } from 'node:crypto'
import type { OpenWork, WorkKind } from '../../shared/api/work.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'

/** What is answered within this long is not worth listing. */
const shortMs = 1000

/** Something under way that can be seen, and ended by a person. */
export interface Opened {
  readonly id: string
  /** Aborts with Problem `work-ended` when a person ends it. */
  readonly signal: AbortSignal
  /** It turns out to be more than a request. */
  is(kind: WorkKind, what: string): void
  waits(before: number): void
  runs(seconds: number | null): void
  progress(done: number, of: number): void
  close(): void
}

export interface Opening {
  readonly brand: string
  readonly kind: WorkKind
  readonly what: string
  readonly actor: Actor
}

const fresh = {
  state: 'running',
  before: 0,
  progress: null,
  until: null,
  endable: true,
  crossing: null,
} as const

interface Entry {
  readonly brand: string
  readonly ending: AbortController
  told: OpenWork
}

/** All that is under way in one server. */
export class OpenRegister {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  /** `now` is real time, epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  open({ brand, ...opening }: Opening): Opened {
    const id = randomUUID()
    const ending = new AbortController()
    const entry: Entry = {
      brand,
      ending,
      told: { id, ...opening, since: this.#now(), ...fresh },
    }
    const tell = (change: Partial<OpenWork>) => {
      entry.told = { ...entry.told, ...change }
    }
    this.#entries.set(id, entry)
    return {
      id,
      signal: ending.signal,
      is: (kind, what) => tell({ kind, what }),
      waits: (before) => tell({ state: 'waiting', before, until: null }),
      runs: (seconds) =>
        tell({ state: 'running', before: 0, until: seconds === null ? null : this.#now() + seconds * 1000 }),
      progress: (done, of) => tell({ progress: { done, of } }),
      close: () => void this.#entries.delete(id),
    }
  }

  /** The oldest first; without what will be answered in a moment. */
  list(brand: string): OpenWork[] {
    const before = this.#now() - shortMs
    return [...this.#entries.values()].flatMap((entry) =>
      entry.brand === brand && entry.told.since < before ? [entry.told] : [],
    )
  }

  /** Ends it; answers what it was. Problem `not-found`. */
  end(brand: string, id: string): OpenWork {
    const entry = this.#entries.get(id)
    if (entry?.brand !== brand) throw new Problem('not-found', { what: id }, 'work')
    entry.ending.abort(new Problem('work-ended'))
    return entry.told
  }
}
