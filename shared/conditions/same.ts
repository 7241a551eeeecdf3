import { isDate } from '../calendar/date.ts'
import { addDays, localDate, parseInstant, startOfDay } from '../calendar/index.ts'
import type { Scalar } from './schema.ts'
import { type AttributeType, type Declared, isDayAlone, type ReadingContext, readAs } from './types/index.ts'

/** How two values are held against each other. */
export interface Comparison {
  readonly same: (actual: Scalar, expected: Scalar) => boolean
  /** Below, equal to or above zero; null where neither is over the other. */
  readonly order: (actual: Scalar, expected: Scalar) => number | null
}

const asText: Comparison = {
  same: (actual, expected) => String(actual) === String(expected),
  order: () => null,
}

/** Equality is an order of zero. */
function ordered(order: Comparison['order']): Comparison {
  return { same: (actual, expected) => order(actual, expected) === 0, order }
}

/** Neither a number nor a truth is read differently anywhere. */
const anywhere: ReadingContext = { zone: 'UTC', currency: 'CNY' }

/** The number that an operand is or, typed as text, reads as. */
function numberIn(operand: Scalar): number | null {
  const reading = readAs({ type: 'number', format: null }, operand, anywhere)
  return reading.ok && typeof reading.value === 'number' ? reading.value : null
}

/** A code that begins with a nought, as 010, means no number that nobody has declared. */
const isCode = (operand: Scalar): boolean => typeof operand === 'string' && /^\s*[+-]?0\d/.test(operand)

/** Beyond it numbers have lost their last digits, so that two of them look the same. */
const isLong = (value: Scalar): boolean =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)

const asNumber = ordered((actual, expected) => {
  const wanted = numberIn(expected)
  return wanted === null || typeof actual !== 'number' ? null : actual - wanted
})

/** A date, or a time with its date, as ISO writes it: the order of such texts is that of the days. */
const isoMoment = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

function orderOfIso(actual: Scalar, expected: Scalar): number | null {
  if (typeof actual !== 'string' || typeof expected !== 'string') return null
  if (!isoMoment.test(actual) || !isoMoment.test(expected)) return null
  const left = parseInstant(actual, 'UTC')
  const right = parseInstant(expected, 'UTC')
  return left === null || right === null ? null : left - right
}

function sameTruth(actual: Scalar, expected: Scalar): boolean {
  const reading = readAs({ type: 'yes_no', format: null }, expected, anywhere)
  return reading.ok && reading.value === actual
}

const asTruth: Comparison = { same: sameTruth, order: () => null }

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

/** Numbers from here on are epoch milliseconds; lesser ones are dates that lack their marks, as 20260819. */
const leastEpoch = 1e11

/** An instant before, within or after what the operand writes: a day lasts from its start to the next. */
function orderInTime(actual: Scalar, expected: Scalar, declared: Declared, context: ReadingContext) {
  if (typeof actual !== 'number') return null
  if (typeof expected === 'number' && expected >= leastEpoch) return actual - expected
  const reading = readAs(declared, expected, context)
  if (!reading.ok || typeof reading.value !== 'number') return null
  const from = reading.value
  if (!isDayAlone(String(expected), declared.format)) return actual - from
  const { zone } = context
  return actual < from ? -1 : actual < startOfDay(addDays(localDate(from, zone), 1), zone) ? 0 : 1
}

/** An operand of money is written in the currency's main unit, as the attribute's own values are. */
function minorIn(operand: Scalar, declared: Declared, context: ReadingContext): number | null {
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
      const reading = readAs(declared, expected, context)
      return reading.ok && typeof reading.value === 'string' ? orderOfDays(actual, reading.value) : null
    }),
  time: (declared, context) =>
    ordered((actual, expected) => orderInTime(actual, expected, declared, context)),
}

/** Of an attribute's value, read as its declared type has it; operands are read as the type has them too. */
export function byDeclared(declared: Declared, context: ReadingContext): Comparison {
  return comparers[declared.type](declared, context)
}
