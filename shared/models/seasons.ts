/** Within how many days a purchase is looked for. */
export const propensityDays = 30
/** So far back a purchase is a recent one. */
export const recentDays = 90
export const yearDays = 365

/** How many years ago a day was one of those that come now; null where it was none in any year. */
export function seasonOf(day: number, until: number): number | null {
  const year = Math.ceil((until - day) / yearDays)
  const offset = day + year * yearDays - until
  return year >= 1 && offset > 0 && offset <= propensityDays ? year : null
}
