/** Beijing is eight hours ahead of UTC, all the year round: both providers tell times by its clocks. */
const aheadMs = 8 * 3_600_000

/** YYYYMMDD of a moment on Beijing's calendar. */
export const beijingDay = (at: number): string =>
  new Date(at + aheadMs).toISOString().slice(0, 10).replaceAll('-', '')

/** The moment of `2017-01-01 00:00:00`, or of `20170101000000`, on Beijing's clocks; null where it is none. */
export function beijingTime(text: string): number | null {
  const read = /^(\d{4})-?(\d\d)-?(\d\d)[ T]?(\d\d):?(\d\d):?(\d\d)$/.exec(text.trim())
  if (read === null) return null
  const [, year, month, day, hour, minute, second] = read
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  return Number.isNaN(at) ? null : at
}
