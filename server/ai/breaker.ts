import type { Elapsed, Mark } from '../ports/clock.ts'
import type { Fault } from './failures.ts'
import type { PolishResult } from './polish.ts'

export interface BreakerSettings {
  /** How many failures in a row open the circuit. */
  failures: number
  /** How long it stays open, in milliseconds. */
  coolDownMs: number
  elapsed: Elapsed
}

/** Keeps a server that is down from being asked again and again. */
export interface Breaker {
  /** Null if the server may be asked; else why not. A caller who may ask must `settle` or `forgo`. */
  admit(): Fault | null
  /** Tells what came of an admitted request. */
  settle(result: PolishResult): void
  /** Tells that an admitted request was given up without a result. */
  forgo(): void
  /** Milliseconds until the circuit closes for a trial, 0 where they are over; null while it is closed. */
  readonly restMs: number | null
}

/**
 * A circuit breaker (Nygard, Release It!): after so many network or server failures in a row nobody asks until
 * the cool-down is over; then one request tries, and its result closes the circuit or opens it anew.
 */
export function createBreaker({ failures, coolDownMs, elapsed }: BreakerSettings): Breaker {
  let inARow = 0
  let openedAt: Mark | null = null
  let last: Fault | null = null
  let trying = false
  const restMs = () => (openedAt === null ? null : Math.max(0, coolDownMs - elapsed.since(openedAt)))

  return {
    get restMs() {
      return restMs()
    },
    admit() {
      if (openedAt === null || last === null) return null
      if (restMs() === 0 && !trying) {
        trying = true
        return null
      }
      const detail = `not asked, after ${inARow} failures in a row; the last: ${last.detail}`
      return { reason: last.reason, detail, retryable: true }
    },
    settle(result) {
      trying = false
      if (result.ok || !speaksOfTheServer(result.reason)) {
        inARow = 0
        openedAt = null
        return
      }
      inARow++
      last = { reason: result.reason, detail: result.detail, retryable: result.retryable }
      if (inARow >= failures) openedAt = elapsed.mark()
    },
    forgo() {
      trying = false
    },
  }
}

function speaksOfTheServer(reason: Fault['reason']): boolean {
  return reason === 'network' || reason === 'server-error' || reason === 'timeout'
}
