import { addDays, localDate, startOfDay } from '../calendar/index.ts'

/** So many days before they are lost it is told. */
export const tellsDaysBefore = 7

/** How long points last that are given at a moment; never ending without a number of days. */
export function lastingOf(
  validDays: number | null,
  now: number,
  zone: string,
): { readonly expiresAt: number | null; readonly dueAt: number | null } {
  if (validDays === null) return { expiresAt: null, dueAt: null }
  const last = addDays(localDate(now, zone), validDays + 1)
  const expiresAt = startOfDay(last, zone)
  const tells = startOfDay(addDays(last, -tellsDaysBefore), zone)
  return { expiresAt, dueAt: tells > now ? tells : expiresAt }
}
