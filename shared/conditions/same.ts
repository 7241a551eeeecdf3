import { dateOf, isDate, lastDay } from '../calendar/date.ts'
import { addDays, localDate, parseInstant, startOfDay } from '../calendar/index.ts'
import type { Scalar } from './schema.ts'
import { type AttributeType, type Declared, isDayAlone, type ReadingContext, readAs } from './types/index.ts'

/** How two values are held against each other. */
export interface Comparison {
  readonly same: (actual: Scalar, expected: Scalar) => boolean
  /** Below, equal to or above zero; null where neither is over the other. */
  readonly order: (actual: Scalar, expected: Scalar) => number | null
}

const halves = /\p{Surrogate}/gu
const halfOrUnknown = /[\p{Surrogate}\uFFFD]/u

/** A half of an emoji stands for nothing that can be read: everywhere it is written, it is the sign for that. */
export const wellFormed = (text: string): string => text.replace(halves, '\uFFFD')

/** Whether two texts are the same once each is written down; only those of one length can be. */
function sameText(one: string, other: string): boolean {
  return one === other || (one.length === other.length && wellFormed(one) === wellFormed(other))
}

/** Whether a text contains, or starts with, another. A half of an emoji is no part of the whole one. */
export function hasPart(text: string, part: string, at: 'anywhere' | 'start'): boolean {
  const [whole, sought] = halfOrUnknown.test(part) ? [wellFormed(text), wellFormed(part)] : [text, part]
  return at === 'start' ? whole.startsWith(sought) : whole.includes(sought)
}

const asText: Comparison = {
  same: (actual, expected) => sameText(String(actual), String(expected)),
  order: () => null,
}

/** Equality is an order of zero. */
function ordered(order: Comparison['order']): Comparison {
  return { same: (actual, expected) => order(actual, expected) === 0, order }
}

/** Neither a number nor a truth is read differently anywhere. */
const anywhere: ReadingContext = { zone: 'UTC', currency: 'CNY' }

/** The number that an operand is or, typed as text, reads as. */
export function numberIn(operand: Scalar): number | null {
  const reading = readAs({ type: 'number', format: null }, operand, anywhere)
  return reading.ok && typeof reading.value === 'number' ? reading.value : null
}

/** A code that begins with a nought, as 010, means no number that nobody has declared. */
export const isCode = (operand: Scalar): boolean =>
  typeof operand === 'string' && /^\s*[+-]?0\d/.test(operand)

/** Beyond it numbers have lost their last digits, so that two of them look the same. */
const isLong = (value: Scalar): boolean =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)

const asNumber = ordered((actual, expected) => {
  const wanted = numberIn(expected)
  return wanted === null || typeof actual !== 'number' ? null : actual - wanted
})

/** A date, or a time with its date, as ISO writes it: the order of such texts is that of the days. */
const isoMoment = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** The instant that such a text writes, in UTC where it says no other; null for everything else. */
export function isoInstantIn(value: Scalar): number | null {
  return typeof value === 'string' && isoMoment.test(value) ? parseInstant(value, 'UTC') : null
}

function orderOfIso(actual: Scalar, expected: Scalar): number | null {
  const left = isoInstantIn(actual)
  const right = isoInstantIn(expected)
  return left === null || right === null ? null : left - right
}

/** What an operand says where yes or no is asked for; null where it says neither. */
export function truthIn(operand: Scalar): boolean | null {
  const reading = readAs({ type: 'yes_no', format: null }, operand, anywhere)
  return reading.ok && typeof reading.value === 'boolean' ? reading.value : null
}

const asTruth: Comparison = {
  same: (actual, expected) => actual === truthIn(expected),
  order: () => null,
}

/** Of a value that nobody has declared: what it is by JSON decides. */
export const byJson: Comparison = {
  same: (actual, expected) => {
    if (typeof actual === 'number')
      return !isCode(expected) && !isLong(actual) && asNumber.same(actual, expected)
    if (typeof actual === 'boolean') return asTruth.same(actual, expected)
    return asText.same(actual, expected)
  },
  order: (actual, expected) =>
    typeof actual === 'number' ? asNumber.order(actual, expected) : orderOfIso(actual, expected),
}

const difference = (left: string, right: string) => (left === right ? 0 : left < right ? -1 : 1)

/** Days with their years, 'YYYY-MM-DD', have an order; one without is at most the same as another. */
function orderOfDays(actual: Scalar, expected: Scalar): number | null {
  if (typeof actual !== 'string' || typeof expected !== 'string') return null
  if (isDate(actual) && isDate(expected)) return difference(actual, expected)
  return actual === expected ? 0 : null
}

/** The day that an operand writes, as its attribute's values have theirs; null where it writes none. */
export function dayIn(operand: Scalar, declared: Declared, context: ReadingContext): string | null {
  const reading = readAs(declared, operand, context)
  return reading.ok && typeof reading.value === 'string' ? reading.value : null
}

/** Numbers from here on are epoch milliseconds; lesser ones are dates that lack their marks, as 20260819. */
const leastEpoch = 1e11

const lastDate = dateOf(lastDay)

/** Epoch milliseconds: a moment, or all from one to before another. */
export interface WrittenTime {
  readonly from: number
  readonly to: number | null
}

/** The time that an operand writes: a day lasts from its start to the next. Null where it writes none. */
export function timeIn(operand: Scalar, declared: Declared, context: ReadingContext): WrittenTime | null {
  if (typeof operand === 'number' && operand >= leastEpoch) return { from: operand, to: null }
  const reading = readAs(declared, operand, context)
  if (!reading.ok || typeof reading.value !== 'number') return null
  const from = reading.value
  if (!isDayAlone(String(operand), declared.format)) return { from, to: null }
  const { zone } = context
  const day = localDate(from, zone)
  // After the last day that can be written there is no other.
  return { from, to: day === lastDate ? Number.POSITIVE_INFINITY : startOfDay(addDays(day, 1), zone) }
}

/** An instant before, within or after what the operand writes. */
function orderInTime(actual: Scalar, expected: Scalar, declared: Declared, context: ReadingContext) {
  const time = typeof actual === 'number' ? timeIn(expected, declared, context) : null
  if (time === null || typeof actual !== 'number') return null
  const { from, to } = time
  if (to === null) return actual - from
  return actual < from ? -1 : actual < to ? 0 : 1
}

/** An operand of money is written in the currency's main unit, as the attribute's own values are. */
export function minorIn(operand: Scalar, declared: Declared, context: ReadingContext): number | null {
  const reading = readAs(declared, operand, context)
  return reading.ok && typeof reading.value === 'number' ? reading.value : null
}

type Comparer = (declared: Declared, context: ReadingContext) => Comparison

const comparers: Readonly<Record<AttributeType, Comparer>> = {
  text: () => asText,
  list: () => asText,
  number: () => asNumber,
  yes_no: () => asTruth,
  money: (declared, context) =>
    ordered((actual, expected) => {
      const wanted = minorIn(expected, declared, context)
      return wanted === null || typeof actual !== 'number' ? null : actual - wanted
    }),
  date: (declared, context) =>
    ordered((actual, expected) => {
      const day = dayIn(expected, declared, context)
      return day === null ? null : orderOfDays(actual, day)
    }),
  time: (declared, context) =>
    ordered((actual, expected) => orderInTime(actual, expected, declared, context)),
}

/** Of an attribute's value, read as its declared type has it; operands are read as the type has them too. */
export function byDeclared(declared: Declared, context: ReadingContext): Comparison {
  return comparers[declared.type](declared, context)
}
