import { sayDays, sayWindow } from '../../calendar/say-window.ts'
import { leastGap, nextInWindow, nextStart } from '../../calendar/window.ts'
import { plainKind, type WaitKind } from './kind.ts'
import type { UntilOf } from './until.ts'

/**
 * The least that passes where somebody waits for the next of something that recurs: they may come a moment before
 * it, but never twice before the same one.
 */
const aMoment = 1

const endOf = (until: UntilOf<'weekday'>, arrivedAt: number, zone: string): number =>
  until.inside === 'next' ? nextStart(arrivedAt, until, zone) : nextInWindow(arrivedAt, until, zone)

/** Days of the week and hours. Whoever wakes outside of them, after an outage say, waits for the next ones. */
export const weekday: WaitKind<UntilOf<'weekday'>> = {
  ...plainKind,
  target: (until, { arrivedAt, zone }) => endOf(until, arrivedAt, zone),
  stay: ({ inside }) => (inside === 'next' ? aMoment : 0),
  recurs: ({ days, inside }) => (inside === 'next' ? leastGap(days) : 0),
  passage(until, { arrivedAt, zone }) {
    const end = endOf(until, arrivedAt, zone)
    return [end, end]
  },
  say: (until, locale) => `${locale === 'en' ? 'Until ' : '等到'}${sayWindow(until, locale)}`,
  open: (until, at, zone) => nextInWindow(at, until, zone),
}

/** The next time that the clock shows a time. */
export const time: WaitKind<UntilOf<'time'>> = {
  ...plainKind,
  target: ({ days, time: from }, { arrivedAt, zone }) => nextStart(arrivedAt, { days, from }, zone),
  stay: () => aMoment,
  recurs: ({ days }) => leastGap(days),
  passage({ days, time: from }, { arrivedAt, zone }) {
    const end = nextStart(arrivedAt, { days, from }, zone)
    return [end, end]
  },
  say({ days, time: from }, locale) {
    const on = sayDays(days, locale)
    if (locale === 'en') return `Until the next ${from}${on === '' ? '' : `, ${on}`}`
    return on === '' ? `等到下一个 ${from}` : `等到下一个${on} ${from}`
  },
}
