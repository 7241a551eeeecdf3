import { limits } from '../limits.ts'

/** Between these, in epoch milliseconds, lie the times that people mean; what lies outside is a mistake. */
export const firstInstant = Date.UTC(limits.firstYear.value, 0, 1)
export const lastInstant = Date.UTC(limits.lastYear.value, 0, 1) - 1

export function isInstant(at: number): boolean {
  return Number.isSafeInteger(at) && at >= firstInstant && at <= lastInstant
}
