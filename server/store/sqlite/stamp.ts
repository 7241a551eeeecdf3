import type { BrandDatabase } from './database.ts'

/** A text that differs as soon as anything was written to the database, by this connection or another. */
export function stampOf({ sqlite }: BrandDatabase): string {
  const own = sqlite.prepare<[], { changes: number }>('select total_changes() as changes').get()
  return `${sqlite.pragma('data_version', { simple: true })}:${own?.changes ?? 0}`
}

/** Answers kept for as long as nothing has been written: counts over the whole base are asked for often. */
export class StampedCache<T> {
  readonly #entries = new Map<string, { stamp: string; value: T }>()
  readonly #most: number

  constructor(most = 200) {
    this.#most = most
  }

  get(key: string, stamp: string, make: () => T): T {
    const known = this.#entries.get(key)
    if (known?.stamp === stamp) return known.value
    const value = make()
    this.#entries.delete(key)
    this.#entries.set(key, { stamp, value })
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > this.#most && !oldest.done) this.#entries.delete(oldest.value)
    return value
  }

  /** What came to nothing is asked anew. */
  forget(key: string): void {
    this.#entries.delete(key)
  }
}
