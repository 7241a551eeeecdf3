import { type Random, Weighted } from './random.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The brand's zone: UTC+8 through all the years that the generator covers. */
const offset = 8 * hour

/** A month in Shanghai: the grain in which behaviour is generated. */
export interface Month {
  /** months since January of year 0; the cell of every random stream */
  index: number
  /** 'YYMM' */
  stamp: string
  startAt: number
  endAt: number
}

/** Midnight in Shanghai of a calendar date. */
export function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`)
}

/** The hour of the day in Shanghai, 0 to 23. */
export function hourOfDay(at: number): number {
  return Math.floor(((at + offset) % day) / hour)
}

/** The date in Shanghai as 'YYMMDD'. */
export function dateStamp(at: number): string {
  return new Date(at + offset).toISOString().slice(2, 10).replaceAll('-', '')
}

/** The midnight in Shanghai at or before a time. */
export function dayStart(at: number): number {
  return at - ((at + offset) % day)
}

function month(index: number): Month {
  const year = Math.floor(index / 12)
  const number = (index % 12) + 1
  return {
    index,
    stamp: `${String(year % 100).padStart(2, '0')}${String(number).padStart(2, '0')}`,
    startAt: Date.UTC(year, number - 1, 1) - offset,
    endAt: Date.UTC(year, number, 1) - offset,
  }
}

/** The months that share some time with [from, to), in order. */
export function monthsBetween(from: number, to: number): Month[] {
  const first = new Date(from + offset)
  const months: Month[] = []
  for (let index = first.getUTCFullYear() * 12 + first.getUTCMonth(); month(index).startAt < to; index++)
    months.push(month(index))
  return months
}

/** 'DD' of a time in a month. */
export function dayStamp(inMonth: Month, at: number): string {
  return String(Math.floor((at - inMonth.startAt) / day) + 1).padStart(2, '0')
}

/** How busy each hour of the day is: a lunch break, a long evening, few at night. */
const busyHours = new Weighted(
  [9, 5, 3, 2, 1, 2, 6, 14, 24, 34, 44, 46, 55, 50, 42, 40, 38, 36, 40, 52, 68, 74, 62, 30].map(
    (weight, at) => ({
      at: at * hour,
      weight,
    }),
  ),
  (slot) => slot.weight,
)

/** A time on the day that starts at `startAt`, in its rhythm of hours. */
export function timeOfDay(random: Random, startAt: number): number {
  return startAt + busyHours.draw(random).at + Math.floor(random.next() * hour)
}
