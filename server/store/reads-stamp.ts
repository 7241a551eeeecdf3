import type { BrandDatabase } from './database.ts'

/** A text that differs as soon as anything was written to the database, by this connection or another. */
export function stampOf({ sqlite }: BrandDatabase): string {
  const own = sqlite.prepare<[], { changes: number }>('select total_changes() as changes').get()
  return `${sqlite.pragma('data_version', { simple: true })}:${own?.changes ?? 0}`
}

/** Longer than this a count is heavy: it is then made again only after a rest. */
const heavyMs = 100
const restTimes = 5

/**
 * Answers kept for as long as nothing has been written: counts over the whole base are asked for often,
 * and while a large journey runs something is written all the time, so heavy ones may be a little old.
 */
export class StampedCache<T> {
  readonly #entries = new Map<string, { stamp: string; value: T; freshUntil: number }>()
  readonly #most: number

  constructor(most = 200) {
    this.#most = most
  }

  get(key: string, stamp: string, make: () => T): T {
    const known = this.#entries.get(key)
    const began = performance.now()
    if (known !== undefined && (known.stamp === stamp || began < known.freshUntil)) return known.value
    const value = make()
    const took = performance.now() - began
    const freshUntil = took > heavyMs ? began + took * (restTimes + 1) : 0
    this.#entries.delete(key)
    this.#entries.set(key, { stamp, value, freshUntil })
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > this.#most && !oldest.done) this.#entries.delete(oldest.value)
    return value
  }
}
