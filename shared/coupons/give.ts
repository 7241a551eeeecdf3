import { addDays, localDate, startOfDay } from '../calendar/index.ts'
import type { CouponDefinition } from './definition.ts'

/** From when and until when a code may be used. */
export interface Validity {
  /** null: at once. */
  readonly from: number | null
  /** The first moment at which it is valid no more. */
  readonly expiresAt: number
  /** When it is told that it has not been used; null: never. */
  readonly remindAt: number | null
}

/** How long a code is valid that is handed out at a moment; null: the coupon is over. */
export function validityOf(coupon: CouponDefinition, now: number, zone: string): Validity | null {
  const { validDays, validFrom, validUntil, remindDays } = coupon
  const today = localDate(now, zone)
  const first = validFrom !== null && validFrom > today ? validFrom : null
  const ends = [
    ...(validDays === null ? [] : [addDays(today, validDays)]),
    ...(validUntil === null ? [] : [validUntil]),
  ].sort()
  const last = ends[0]
  if (last === undefined || last < today || (first !== null && last < first)) return null
  const reminds = remindDays === null ? null : addDays(last, 1 - remindDays)
  return {
    from: first === null ? null : startOfDay(first, zone),
    expiresAt: startOfDay(addDays(last, 1), zone),
    // On a code that is handed out within its last days there is nothing to remind of.
    remindAt: reminds === null || reminds <= today ? null : startOfDay(reminds, zone),
  }
}
