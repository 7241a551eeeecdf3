import { type Habits, habitsOf, traitsOf } from './habits.ts'
import { type Bought, dayAt } from './histories.ts'
import { type BoughtDay, type History, type Standing, standingOn, type TouchDay } from './standing.ts'
import {
  contentOf,
  mostTouched,
  noTouches,
  type Touched,
  type TouchKind,
  touchDays,
  touchKindNames,
} from './touches.ts'

/** Something that a customer looked at, opened or clicked. */
export interface Touch {
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: TouchKind
  /** Of a message. */
  readonly channel: string | null
  readonly about: ReturnType<typeof contentOf>
}

/** What a customer did, each in order of time. */
export interface Deeds {
  readonly orders: readonly Bought[]
  readonly touches: readonly Touch[]
}

/** All that is asked of a customer to score one. */
export interface Summary {
  readonly standing: Standing
  readonly habits: Habits
  /** What was touched most in the days that count, the most first. */
  readonly touched: readonly Touched[]
}

/** A touch by what its event says of itself. */
export function touchOf(kind: TouchKind, at: number, properties: Readonly<Record<string, unknown>>): Touch {
  const { channel } = properties
  return {
    ...{ at, kind, about: contentOf(kind, properties) },
    channel: typeof channel === 'string' && channel !== '' ? channel : null,
  }
}

function boughtDays(orders: readonly Bought[], zone: string): BoughtDay[] {
  const days: BoughtDay[] = []
  for (const { at, worth, properties } of orders) {
    const day = dayAt(at, zone)
    const last = days.at(-1)
    const reduced = traitsOf(properties).reduced ? 1 : 0
    if (last?.day !== day) days.push({ day, worth, orders: 1, reduced })
    else
      days[days.length - 1] = {
        ...{ day, worth: last.worth + worth, orders: last.orders + 1, reduced: last.reduced + reduced },
      }
  }
  return days
}

function touchDaysOf(touches: readonly Touch[], zone: string): TouchDay[] {
  return touches.map(({ at, kind }) => ({ ...noTouches, day: dayAt(at, zone), [kind]: 1 }))
}

export const historyOf = ({ orders, touches }: Deeds, zone: string): History => ({
  days: boughtDays(orders, zone),
  touches: touchDaysOf(touches, zone),
})

/** What was touched most, of equals what was touched last. */
function touchedMost(touches: readonly Touch[], until: number, zone: string): Touched[] {
  const found = new Map<string, { touched: Touched; last: number }>()
  for (const [index, { at, kind, about }] of touches.entries()) {
    const day = dayAt(at, zone)
    if (about === null || day > until || day <= until - touchDays) continue
    const key = `${about.content} ${about.key}`
    const before = found.get(key)?.touched ?? { ...about, ...noTouches }
    found.set(key, { touched: { ...before, [kind]: before[kind] + 1 }, last: index })
  }
  const times = (touched: Touched) => touchKindNames.reduce((sum, kind) => sum + touched[kind], 0)
  return [...found.values()]
    .sort((one, other) => times(other.touched) - times(one.touched) || other.last - one.last)
    .slice(0, mostTouched)
    .map(({ touched }) => touched)
}

/** A customer as scored at the end of a day; null where nothing has been bought. */
export function summaryOf(deeds: Deeds, until: number, zone: string): Summary | null {
  const standing = standingOn(historyOf(deeds, zone), until)
  if (standing === null) return null
  return { standing, habits: habitsOf(deeds, zone), touched: touchedMost(deeds.touches, until, zone) }
}
