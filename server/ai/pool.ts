import type { Elapsed } from '../ports/clock.ts'
import { createBreaker } from './breaker.ts'
import { createPlaces } from './places.ts'
import type { Polisher, PolishRequest, PolishResult } from './polish.ts'

export interface PoolSettings {
  elapsed: Elapsed
  /** How many requests are under way at once, over all runs of the pool: 8 unless set. */
  concurrency?: number
  /** How many network or server failures in a row stop the asking: 5 unless set. */
  failures?: number
  /** For how long, in milliseconds: 30,000 unless set. */
  coolDownMs?: number
}

export interface PolishPool {
  /**
   * Polishes many requests, a bounded number at a time, in their order. `onResult` hears of each as it comes,
   * with its index; the pool waits for it. Resolves to the results in the order of the requests, null for those
   * that `signal` stopped before they had one. Rejects, after stopping the rest, if `onResult` throws.
   */
  run(
    requests: readonly PolishRequest[],
    signal: AbortSignal,
    onResult?: (result: PolishResult, index: number) => void | Promise<void>,
  ): Promise<(PolishResult | null)[]>
  /** For how many milliseconds more the model server is left alone; null if it may be asked. */
  readonly restMs: number | null
}

/** A pool over one polisher. Its places and its circuit breaker are shared by all its runs. */
export function createPool(polisher: Polisher, settings: PoolSettings): PolishPool {
  const { elapsed, concurrency = 8, failures = 5, coolDownMs = 30_000 } = settings
  const breaker = createBreaker({ failures, coolDownMs, elapsed })
  const places = createPlaces(concurrency)

  async function ask(request: PolishRequest, signal: AbortSignal): Promise<PolishResult> {
    const fault = breaker.admit()
    if (fault) return { ok: false, ...fault, model: polisher.model, prompt: null }
    try {
      const result = await polisher.polish(request, signal)
      breaker.settle(result)
      return result
    } catch (error) {
      breaker.forgo()
      throw error
    }
  }

  /** Takes requests off the shared iterator until none is left or the run is halted. */
  async function work(
    waiting: Iterator<[number, PolishRequest]>,
    halt: AbortSignal,
    done: (result: PolishResult, index: number) => void | Promise<void>,
  ): Promise<void> {
    for (;;) {
      const giveBack = await places.take(halt)
      if (giveBack === null) return
      try {
        const next = waiting.next()
        if (next.done) return
        const [index, request] = next.value
        await done(await ask(request, halt), index)
      } finally {
        giveBack()
      }
    }
  }

  return {
    get restMs() {
      return breaker.restMs
    },
    async run(requests, signal, onResult) {
      const results: (PolishResult | null)[] = requests.map(() => null)
      const halt = new AbortController()
      const onStop = () => halt.abort(signal.reason)
      if (signal.aborted) onStop()
      signal.addEventListener('abort', onStop, { once: true })
      const waiting = requests.entries()
      const done = async (result: PolishResult, index: number) => {
        results[index] = result
        await onResult?.(result, index)
      }
      const workers = Array.from({ length: Math.min(concurrency, requests.length) }, () =>
        work(waiting, halt.signal, done).catch((error: unknown) => {
          // A request that was halted rejects with the halt's own reason, which is no failure of its own.
          if (halt.signal.aborted && error === halt.signal.reason) return
          halt.abort(error)
          throw error
        }),
      )
      const ends = await Promise.allSettled(workers)
      signal.removeEventListener('abort', onStop)
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed) throw failed.reason
      return results
    },
  }
}
