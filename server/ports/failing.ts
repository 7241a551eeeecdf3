import type { Change, StoredEnrollment } from './engine.ts'

/** Waits before a node that failed is tried again (rule 26); after the last it is stuck. */
const retryDelaysMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000]

/** Whether it has failed so often that only a person lets it go on. */
export function isStuck({ attempts }: StoredEnrollment): boolean {
  return attempts > retryDelaysMs.length
}

/** What is kept of a failure after so many before it. */
export function failureAfter(attempts: number, error: unknown, now: number): NonNullable<Change['failure']> {
  const delay = retryDelaysMs[attempts]
  return {
    message: error instanceof Error ? error.message : String(error),
    attempts: attempts + 1,
    retryAt: delay === undefined ? null : now + delay,
  }
}
