import { type FestivalId, festivalId, festivalName, nextFestival } from '../../../shared/calendar/index.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import type { LocalText } from '../../../shared/text.ts'

/** A label below the strip of days. */
export interface DayMark {
  /** Which day of the timeline, from 0. */
  readonly day: number
  readonly festival: LocalText | null
}

/** The festivals that a journey's nodes refer to. */
function festivalsOf(journey: Journey): readonly FestivalId[] {
  const named = JSON.stringify(journey.nodes).matchAll(/"festival":"([a-z0-9_]+)"/g)
  const ids = [...named].flatMap((match) => {
    const id = festivalId.safeParse(match[1])
    return id.success ? [id.data] : []
  })
  return [...new Set(ids)]
}

/**
 * Which days are labelled: the first and the last, the journey's festivals, and regular days between, none
 * nearer to another than an eighth of the whole. `dates` are YYYY-MM-DD, in order.
 */
export function dayMarks(dates: readonly string[], journey: Journey): DayMark[] {
  const [first] = dates
  const last = dates.length - 1
  if (first === undefined) return []
  const marks: DayMark[] = festivalsOf(journey).flatMap((id) => {
    const day = dates.indexOf(nextFestival(id, first))
    return day < 0 ? [] : [{ day, festival: festivalName(id) }]
  })
  const near = Math.max(1, dates.length / 8)
  const add = (day: number) => {
    if (marks.every((mark) => Math.abs(mark.day - day) >= near)) marks.push({ day, festival: null })
  }
  add(0)
  add(last)
  const step = Math.max(1, Math.round(dates.length / 5))
  for (let day = step; day < last; day += step) add(day)
  return marks.sort((a, b) => a.day - b.day)
}

/** A day of the same year, so that the year is left out, and of another month, so that it is not "today". */
export function ofSameYear(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(5, 7) === '01' ? '12' : '01'}-15`
}
