import type { ChannelDelivery, Failure, Outcome } from '../../shared/api/delivery.ts'
import { addDays, localDate, startOfDay } from '../../shared/calendar/index.ts'
import { sayCode } from '../../shared/channels/codes/index.ts'
import type { Counted, SentMinute } from '../ports/delivery.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const shownHours = 24
const shownDays = 30
/** Over so many minutes the present rate is taken. */
export const rateMinutes = 5
const shownExamples = 3

const sum = (rows: readonly Counted[], outcome: Outcome): number =>
  Math.max(
    0,
    rows.reduce((total, row) => (row.outcome === outcome ? total + row.count : total), 0),
  )

export function todayOf(rows: readonly Counted[]): ChannelDelivery['today'] {
  return {
    sent: sum(rows, 'sent'),
    delivered: sum(rows, 'delivered'),
    failed: sum(rows, 'failed'),
    unknown: sum(rows, 'unknown'),
    held: sum(rows, 'held'),
    again: sum(rows, 'again'),
  }
}

interface ByCode {
  readonly outcome: Outcome
  readonly code: string
  count: number
  readonly examples: number[]
}

function byCode(rows: readonly Counted[], outcomes: ReadonlySet<Outcome>): ByCode[] {
  const found = new Map<string, ByCode>()
  for (const { outcome, code, count, examples } of rows) {
    if (!outcomes.has(outcome)) continue
    const key = `${outcome} ${code}`
    const known = found.get(key) ?? { outcome, code, count: 0, examples: [] }
    known.count += count
    known.examples.push(...examples)
    found.set(key, known)
  }
  return [...found.values()].filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}

const troubles: ReadonlySet<Outcome> = new Set(['failed', 'unknown', 'again'])
const heldOnes: ReadonlySet<Outcome> = new Set(['held'])

/** What went wrong by its provider's code; `rows` the newest first. */
export function failuresOf(channel: string, rows: readonly Counted[]): Failure[] {
  return byCode(rows, troubles).map(({ outcome, code, count, examples }) => {
    const words = sayCode(channel, code)
    return {
      outcome,
      code,
      count,
      means: words?.means ?? null,
      mend: words?.mend ?? null,
      examples: [...new Set(examples)].slice(0, shownExamples),
    }
  })
}

export function withheldOf(rows: readonly Counted[]): ChannelDelivery['withheld'] {
  return byCode(rows, heldOnes).map(({ code, count }) => ({ gate: code, count }))
}

export interface Paced {
  readonly minutes: readonly SentMinute[]
  /** The most messages a second; undefined: no limit. */
  readonly perSecond: number | undefined
  readonly due: number
  readonly now: number
}

/** How fast a channel sends, from the first of the last minutes in which it did. */
export function rateOf({ minutes, perSecond, due, now }: Paced): ChannelDelivery['rate'] {
  const sent = minutes.reduce((total, minute) => total + minute.sent, 0)
  const first = Math.min(...minutes.map(({ minute }) => minute))
  const perMinute = sent === 0 ? 0 : sent / Math.max(1, (now - first) / minuteMs)
  const limit = perSecond === undefined ? null : perSecond * 60
  const pace = perMinute > 0 ? perMinute : limit
  return { perMinute, limit, minutesLeft: due === 0 || pace === null ? null : due / pace }
}

/** Begins of the days that are shown, the last today. */
export function shownSince(now: number, zone: string): { date: string; at: number }[] {
  const today = localDate(now, zone)
  return Array.from({ length: shownDays }, (_, index) => {
    const date = addDays(today, index - shownDays + 1)
    return { date, at: startOfDay(date, zone) }
  })
}

/** Of each stretch what was counted from its begin to that of the next. */
function pointsOf(rows: readonly Counted[], begins: readonly number[]): { sent: number; failed: number }[] {
  return begins.map((from, index) => {
    const to = begins[index + 1] ?? Number.POSITIVE_INFINITY
    const within = rows.filter(({ since }) => since >= from && since < to)
    return { sent: sum(within, 'sent'), failed: sum(within, 'failed') }
  })
}

/** The last hours, whole ones of the brand's clock, and the last days. */
export function historyOf(
  rows: readonly Counted[],
  days: readonly { date: string; at: number }[],
  now: number,
): Pick<ChannelDelivery, 'hours' | 'days'> {
  const dayStart = days.at(-1)?.at ?? now
  const thisHour = dayStart + Math.floor((now - dayStart) / hourMs) * hourMs
  const hours = Array.from({ length: shownHours }, (_, index) => thisHour - (shownHours - 1 - index) * hourMs)
  const [first = now] = hours
  const ofHours = pointsOf(
    rows.filter(({ since }) => since >= first),
    hours,
  )
  const begins = days.map(({ at }) => at)
  const ofDays = pointsOf(rows, begins)
  return {
    hours: hours.map((at, index) => ({ at, sent: 0, failed: 0, ...ofHours[index] })),
    days: days.map(({ date }, index) => ({ date, sent: 0, failed: 0, ...ofDays[index] })),
  }
}
