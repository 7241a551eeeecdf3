import {
  addDays,
  addSpan,
  leastLength,
  localDate,
  nextFestival,
  sayDay,
  saySpan,
  zonedAt,
} from '../../calendar/index.ts'
import { sayFestivalDay } from '../../calendar/say-festival.ts'
import type { StayInput } from '../type.ts'
import { type Bounds, plainKind, type WaitKind } from './kind.ts'
import type { UntilOf } from './until.ts'

export const duration: WaitKind<UntilOf<'duration'>> = {
  ...plainKind,
  target: ({ span }, { arrivedAt, zone }) => addSpan(arrivedAt, span, zone),
  stay: ({ span }) => leastLength(span),
  passage({ span }, { arrivedAt, zone }) {
    const end = addSpan(arrivedAt, span, zone)
    return [end, end]
  },
  say: ({ span }, locale) =>
    locale === 'en' ? `Wait ${saySpan(span, locale)}` : `等待 ${saySpan(span, locale)}`,
}

/** When the wait is over for somebody who may have come too late for it. */
const from = (arrivedAt: number, target: number): Bounds => {
  const end = Math.max(arrivedAt, target)
  return [end, end]
}

/** A day may be past for whoever comes; how far it is away is known only of those who come by a known time. */
function untilDay(end: Bounds, latest: StayInput['latest']): number {
  return latest === null || end === null ? 0 : end[0] - latest.arrivedAt
}

export const date: WaitKind<UntilOf<'date'>> = {
  ...plainKind,
  target: (until, { zone }) => zonedAt(until.date, until.time, zone),
  stay: (until, latest) =>
    latest === null ? 0 : untilDay(date.passage(until, { ...latest, port: 'done' }), latest),
  passage: (until, { arrivedAt, fixedEntry, zone }) =>
    fixedEntry ? from(arrivedAt, zonedAt(until.date, until.time, zone)) : null,
  // Chinese sets figures off by a space.
  say: (until, locale) =>
    locale === 'en'
      ? `Until ${sayDay(until.date, locale)} at ${until.time}`
      : `等到 ${sayDay(until.date, locale)} ${until.time}`,
  check: (until, { now, zone }) =>
    zonedAt(until.date, until.time, zone) <= now
      ? [{ code: 'date-past', field: 'until.date', details: { date: `${until.date} ${until.time}` } }]
      : [],
}

export const festival: WaitKind<UntilOf<'festival'>> = {
  ...plainKind,
  target(until, { anchors, arrivedAt, journeyZone, zone }) {
    const anchor = anchors[until.festival] ?? nextFestival(until.festival, localDate(arrivedAt, journeyZone))
    return zonedAt(addDays(anchor, until.days), until.time, zone)
  },
  stay: (until, latest) =>
    latest === null ? 0 : untilDay(festival.passage(until, { ...latest, port: 'done' }), latest),
  passage(until, { anchor, arrivedAt, enteredAt, fixedEntry, zone }) {
    if (!fixedEntry) return null
    const known = anchor?.festival === until.festival ? anchor.date : null
    const day = known ?? nextFestival(until.festival, localDate(enteredAt, zone))
    return from(arrivedAt, zonedAt(addDays(day, until.days), until.time, zone))
  },
  say(until, locale) {
    const day = sayFestivalDay(until.festival, until.days, locale)
    return locale === 'en' ? `Until ${day.replace(/^on /, '')} at ${until.time}` : `等到${day} ${until.time}`
  },
}
