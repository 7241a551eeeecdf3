import {
  addDays,
  addSpan,
  addYears,
  type FestivalId,
  localDate,
  nextFestival,
  parseInstant,
  pastFestivals,
  startOfDay,
} from '../calendar/index.ts'
import type { EventMark } from './mark.ts'
import type { TimeWindow } from './schema.ts'

/** What a window is measured from. */
export interface TimeContext {
  /** Epoch milliseconds; nothing later has happened yet. */
  readonly now: number
  /** What was recorded after this is not counted, though it lies before now: a rehearsal draws it instead. */
  readonly knownUntil?: number
  readonly zone: string
  /** What "since entry" counts from (rule 4); null outside an enrollment. */
  readonly enteredAt: number | null
  /** The event by which the customer came in, which does not count itself; of its moment, those after it do. */
  readonly entryEvent?: EventMark | null
  /** The occurrence of a festival that the enrollment is anchored to, where it has one. */
  readonly anchors: Readonly<Partial<Record<FestivalId, string>>>
}

/** From then on nothing is known yet. */
export const soFarOf = ({ now, knownUntil }: Pick<TimeContext, 'now' | 'knownUntil'>): number =>
  Math.min(now, knownUntil ?? now) + 1

/** A window that leaves something out; null: none does, and a time that nobody knows is within it. */
export const limiting = (window: TimeWindow | undefined): TimeWindow | null =>
  window === undefined || window.kind === 'ever' ? null : window

/** Epoch milliseconds from (included) and to (excluded). */
export type Interval = readonly [from: number, to: number]

/** The festival's date that an enrollment refers to: its anchor, else the next one from today. */
export function anchorOf(festival: FestivalId, context: TimeContext): string {
  return context.anchors[festival] ?? nextFestival(festival, localDate(context.now, context.zone))
}

function festivalInterval(
  window: Extract<TimeWindow, { kind: 'festival' }>,
  date: string,
  zone: string,
): Interval {
  const bound = (day: { years: number; days: number }) =>
    startOfDay(addYears(addDays(date, day.days), day.years), zone)
  return [bound(window.from), bound(window.to)]
}

function bound(text: string | undefined, zone: string, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  return parseInstant(text, zone) ?? Number.NaN
}

/**
 * The stretches of time that a window means at a moment. None reaches past now; a bound that is not a
 * date gives a stretch that holds nothing (the compiler reports it).
 */
export function intervalsOf(window: TimeWindow, context: TimeContext): Interval[] {
  const { zone } = context
  const soFar = soFarOf(context)
  const intervals = rawIntervals(window, context, soFar)
  return intervals
    .map(([from, to]): Interval => [from, Math.min(to, soFar)])
    .filter(([from, to]) => from < to && !Number.isNaN(from) && zone !== '')
}

function rawIntervals(window: TimeWindow, context: TimeContext, soFar: number): Interval[] {
  const { now, zone } = context
  switch (window.kind) {
    case 'ever':
      return [[Number.NEGATIVE_INFINITY, soFar]]
    case 'between':
      return [[bound(window.from, zone, Number.NEGATIVE_INFINITY), bound(window.to, zone, soFar)]]
    case 'last': {
      const end = window.wholeDays ? startOfDay(localDate(now, zone), zone) : now
      const start = addSpan(end, { ...window.span, amount: -window.span.amount }, zone)
      return [[start, window.wholeDays ? end : soFar]]
    }
    case 'since_entry':
      if (context.enteredAt === null) return []
      return [[context.entryEvent ? context.enteredAt : context.enteredAt + 1, soFar]]
    case 'festival': {
      const anchor = anchorOf(window.festival, context)
      const dates = window.past ? pastFestivals(window.festival, anchor, window.past) : [anchor]
      return dates.map((date) => festivalInterval(window, date, zone))
    }
  }
}
