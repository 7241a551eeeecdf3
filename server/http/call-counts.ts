import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { Elapsed, Mark } from '../ports/clock.ts'

/** Callers that are remembered at once; whoever began longest ago is forgotten first. */
const mostCallers = 5000

interface Window {
  readonly began: Mark
  count: number
}

/**
 * How often each caller has called within its window. The store that comes with the brake measures windows by the
 * time of day: set back by a day, whoever was braked would wait for a day.
 */
export function callCounts(elapsed: Elapsed): FastifyRateLimitStoreCtor {
  return class Counts implements FastifyRateLimitStore {
    readonly #windows = new Map<string, Window>()

    incr(
      caller: string,
      done: (error: Error | null, result?: { current: number; ttl: number }) => void,
      windowMs = 60_000,
    ): void {
      const known = this.#windows.get(caller)
      const window =
        known !== undefined && elapsed.since(known.began) < windowMs
          ? known
          : { began: elapsed.mark(), count: 0 }
      window.count += 1
      if (window !== known) {
        // Put at the end, so that the first is always the oldest.
        this.#windows.delete(caller)
        this.#windows.set(caller, window)
        const [oldest] = this.#windows.keys()
        if (this.#windows.size > mostCallers && oldest !== undefined) this.#windows.delete(oldest)
      }
      done(null, { current: window.count, ttl: Math.ceil(windowMs - elapsed.since(window.began)) })
    }

    /** Each route that has a brake of its own counts by itself. */
    child(): FastifyRateLimitStore {
      return new Counts()
    }
  }
}
