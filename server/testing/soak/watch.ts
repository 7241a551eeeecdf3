import { watchPages } from '../../bench/pages.ts'
import { quantile } from '../../bench/quantile.ts'
import { type Figure, none } from './situation.ts'

/** What pages took while something else went on. */
export interface Watch {
  /** Ends it: how many answers failed, and by path the p99 in milliseconds beside what is asked. */
  stop(most: number): Promise<readonly Figure[]>
}

/**
 * Asks pages ten times a second each, from a thread of its own, until it is stopped: five of them are what one
 * address may ask.
 */
export function watch(url: string, paths: readonly string[]): Watch {
  const asked = watchPages({ url, paths, everyMs: 100 })
  return {
    async stop(most) {
      const { times, failures } = await asked.stop()
      const p99 = Object.entries(times).map(([path, values]) => {
        const value = quantile(values, 0.99)
        return {
          name: `p99 of ${path}`,
          value: `${value.toFixed(1)} ms, longest ${Math.max(0, ...values).toFixed(0)} ms`,
          asked: `at most ${most} ms`,
          ok: value <= most,
        }
      })
      return [...p99, none('pages that did not answer 200', failures.length)]
    },
  }
}
