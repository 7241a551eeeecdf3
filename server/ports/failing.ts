import type { Change, StoredEnrollment } from './engine.ts'
import { troubleOf } from './trouble.ts'

/** Waits before a node that failed is tried again (rule 26); after the last it is stuck. */
const retryDelaysMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000]

/** Whether it has failed so often that only a person lets it go on. */
export function isStuck({ attempts }: StoredEnrollment): boolean {
  return attempts > retryDelaysMs.length
}

/**
 * What is kept of a failure after so many before it. That the store is in trouble is no failure of anybody in it: the
 * error goes on, and the whole batch is taken again when the store is well.
 */
export function failureAfter(attempts: number, error: unknown, now: number): NonNullable<Change['failure']> {
  if (troubleOf(error) !== null) throw error
  const delay = retryDelaysMs[attempts]
  return {
    message: error instanceof Error ? error.message : String(error),
    attempts: attempts + 1,
    retryAt: delay === undefined ? null : now + delay,
  }
}
