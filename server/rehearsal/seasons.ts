import {
  addDays,
  addYears,
  type FestivalId,
  localDate,
  localTime,
  pastFestivals,
  zonedAt,
} from '../../shared/calendar/index.ts'

/** The occurrence of a festival to which a moment belongs. */
export interface Occurrence {
  readonly festival: FestivalId
  /** YYYY-MM-DD */
  readonly date: string
}

const dayMs = 86_400_000
const daysOfYear = 365.2425

/** So many years back at most: what people did earlier says little of what they will do. */
const mostYears = 3

/** A moment of a past year, and the festival of that year by which it is the same. */
export interface PastMoment {
  readonly at: number
  readonly occurrence: Occurrence | null
}

/** A moment so many days earlier by the wall clock. */
function daysEarlier(at: number, days: number, zone: string): number {
  const date = localDate(at, zone)
  const time = localTime(at, zone)
  const rest = at - zonedAt(date, time, zone)
  return zonedAt(addDays(date, -days), time, zone) + rest
}

/**
 * The moments of past years that stand to their year as `at` does to its own, newest first and none before
 * `first`: as many days from the same festival where there is one, for festivals move; else in the same week of
 * the calendar, on the same weekday.
 */
export function sameInPastYears(
  at: number,
  occurrence: Occurrence | null,
  { zone, first }: { readonly zone: string; readonly first: number },
): PastMoment[] {
  const moments: PastMoment[] = []
  for (let years = 1; years <= mostYears; years += 1) {
    // No festival moves by more than a month: of earlier weeks there is no record to ask.
    if (at - (years * daysOfYear - 31) * dayMs < first) break
    const moment = occurrence === null ? sameWeek(at, years, zone) : sameFestival(at, occurrence, years, zone)
    if (moment.at >= first) moments.push(moment)
  }
  return moments
}

function sameWeek(at: number, years: number, zone: string): PastMoment {
  const date = localDate(at, zone)
  const days = (Date.parse(date) - Date.parse(addYears(date, -years))) / dayMs
  return { at: daysEarlier(at, 7 * Math.round(days / 7), zone), occurrence: null }
}

function sameFestival(at: number, { festival, date }: Occurrence, years: number, zone: string): PastMoment {
  const then = pastFestivals(festival, date, years).at(-1) ?? date
  const days = Math.round((Date.parse(date) - Date.parse(then)) / dayMs)
  return { at: daysEarlier(at, days, zone), occurrence: { festival, date: then } }
}

/** Of several festivals that a journey refers to, the one nearest to a moment; null where it refers to none. */
export function nearest(
  festivals: readonly FestivalId[],
  anchors: Readonly<Partial<Record<FestivalId, string>>>,
  at: number,
): Occurrence | null {
  let found: Occurrence | null = null
  const distance = (date: string) => Math.abs(Date.parse(date) - at)
  for (const festival of festivals) {
    const date = anchors[festival]
    if (date !== undefined && (found === null || distance(date) < distance(found.date)))
      found = { festival, date }
  }
  return found
}
