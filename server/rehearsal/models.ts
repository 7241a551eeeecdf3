import { unit } from '../../shared/stats/hash.ts'
import type { Model, Past } from './behaviour.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs

/** How many pasts that lie nearest are chosen from, where each began at a time of its own. */
const neighbours = 60

/** Where a moment belongs among pasts in the order of what they stand for. */
function placeOf(pasts: readonly Past[], at: number): number {
  let from = 0
  let to = pasts.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((pasts[middle]?.as ?? at) < at) from = middle + 1
    else to = middle
  }
  return from
}

/**
 * Everybody lives as somebody did from the same moment of a past year on: anybody of those who began together,
 * and of those who began at times of their own one who did so about then.
 */
function likePastYears(pasts: readonly Past[], journeyId: string): Model {
  const byTime = [...pasts].sort((a, b) => a.as - b.as)
  const together = byTime[0]?.as === byTime.at(-1)?.as
  const size = together ? byTime.length : Math.min(neighbours, byTime.length)
  return ({ customerId, trigger, at }, draw) => {
    const first = together ? 0 : Math.min(byTime.length - size, Math.max(0, placeOf(byTime, at) - size / 2))
    const chance = unit(journeyId, customerId, trigger, 'past', draw)
    const past = byTime[Math.floor(first + chance * size)]
    return past === undefined ? [] : [{ ...past, as: at }]
  }
}

/** Somebody's whole past, from when it was known on. */
export interface WholePast {
  readonly since: number
  readonly events: Past['events']
}

/** How long a stretch of one person's past goes before another's follows. */
const stretchMs = 4 * weekMs

/**
 * Everybody lives through stretches of four weeks that somebody has lived through before `start`, weekday by
 * weekday, one after the other.
 */
function likeAnyTime(people: readonly WholePast[], journeyId: string, start: number): Model {
  const able = people.filter(({ since }) => since <= start - stretchMs - weekMs)
  const stretch = (key: string, as: number): Past[] => {
    const person = able[Math.floor(unit(key, 'who') * able.length)]
    if (person === undefined) return []
    // Whole weeks back, so far that the stretch had ended by the start.
    const latest = as - weekMs * Math.ceil((as + stretchMs - start) / weekMs)
    const choices = 1 + Math.floor((latest - person.since) / weekMs)
    const at = latest - weekMs * Math.floor(unit(key, 'when') * Math.max(1, choices))
    const events = person.events.filter((event) => event.at >= at && event.at < at + stretchMs)
    return [{ at, as, events }]
  }
  return ({ customerId, trigger, at, until }, draw) => {
    const stretches: Past[] = []
    for (let as = at; as < until; as += stretchMs)
      stretches.push(...stretch([journeyId, customerId, trigger, draw, stretches.length].join(' '), as))
    return stretches
  }
}

/** Whose pasts stand for what people will do, as it can be told in a message. */
export type Pasts =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'past-years'; readonly pasts: readonly Past[] }
  | { readonly kind: 'any-time'; readonly people: readonly WholePast[] }

/** Everybody lives as these pasts have it. */
export function modelOf(of: Pasts, journeyId: string, start: number): Model {
  switch (of.kind) {
    case 'nobody':
      return () => []
    case 'past-years':
      return likePastYears(of.pasts, journeyId)
    case 'any-time':
      return likeAnyTime(of.people, journeyId, start)
  }
}
