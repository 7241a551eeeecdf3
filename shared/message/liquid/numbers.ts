import type { FilterImplOptions } from 'liquidjs'
import {
  add,
  ceil,
  compare,
  type Decimal,
  decimalOf,
  divide,
  floor,
  multiply,
  negate,
  plainValue,
  remainder,
  round,
} from '../../decimal.ts'
import { plainOf } from '../typed.ts'
import { FilterFault, ValueFault } from './faults.ts'
import { listOf } from './lists.ts'
import { readKeys } from './path.ts'
import { isBlank } from './rendering.ts'

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

const ZERO: Decimal = { units: 0n, scale: 0 }

/** A number of a template. What is absent counts as nothing, as in Liquid; strictness reports it by itself. */
function numberOf(given: unknown): Decimal {
  const value = plainOf(given)
  if (isBlank(value)) return ZERO
  const read = decimalOf(value)
  if (read === undefined) throw new ValueFault('number', value)
  return read
}

const one = (reckon: (a: Decimal) => Decimal): Handler => {
  return (value: unknown) => plainValue(reckon(numberOf(value)))
}

/** Undefined where there is no result, as in a division by nothing. */
const two = (reckon: (a: Decimal, b: Decimal) => Decimal | undefined): Handler => {
  return (value: unknown, other: unknown) => {
    const result = reckon(numberOf(value), numberOf(other))
    if (result === undefined) throw new ValueFault('number', other ?? 0)
    return plainValue(result)
  }
}

function placesOf(value: unknown): number {
  if (isBlank(value)) return 0
  const places = Number(plainValue(floor(numberOf(value))))
  if (Math.abs(places) > 30) throw new ValueFault('number', value)
  return places
}

function sum(value: unknown, property: unknown): number | string {
  const items = listOf(value).map((item) => {
    if (typeof property !== 'string') return item
    if (typeof item !== 'object' || item === null)
      throw new FilterFault({ code: 'filter-arguments', filter: 'sum', expected: 'a list of groups' })
    return readKeys(item, property.split('.'))
  })
  return plainValue(items.map(numberOf).reduce(add, ZERO))
}

const larger = (a: Decimal, b: Decimal): Decimal => (compare(a, b) >= 0 ? a : b)
const smaller = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b)

/**
 * Liquid's arithmetic in decimals: 129.70 times 100 is 12970. Nothing has more decimals than reckoning by
 * hand would give it, and what is no number holds the message.
 */
export const numberFilters: Readonly<Record<string, Handler>> = {
  abs: one((a) => larger(a, negate(a))),
  ceil: one(ceil),
  floor: one(floor),
  round: (value: unknown, places: unknown) => plainValue(round(numberOf(value), placesOf(places))),
  plus: two(add),
  minus: two((a, b) => add(a, negate(b))),
  times: two(multiply),
  divided_by: two(divide),
  modulo: two(remainder),
  at_least: two(larger),
  at_most: two(smaller),
  sum,
}
