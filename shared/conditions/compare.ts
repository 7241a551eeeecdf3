import { type CustomerEvent, propertyOf, type Value } from './customer.ts'
import type { EventFilter, Operand, Operator, Scalar } from './schema.ts'

const numeric = /^-?\d+(\.\d+)?$/

/** The number that a value is or reads as; null for everything else. */
export function asNumber(value: Value): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && numeric.test(value) ? Number(value) : null
}

/** Below, equal or above zero; numbers are compared as numbers when both sides read as such. */
function order(actual: Scalar, expected: Scalar): number {
  const left = asNumber(actual)
  const right = asNumber(expected)
  if (left !== null && right !== null) return left - right
  const a = String(actual)
  const b = String(expected)
  return a === b ? 0 : a < b ? -1 : 1
}

function equalsAny(actual: Scalar, operand: Operand): boolean {
  if (!Array.isArray(operand)) return order(actual, operand as Scalar) === 0
  return operand.some((one) => order(actual, one) === 0)
}

function holdsFor(actual: Scalar, op: Operator, operand: Operand): boolean {
  if (op === 'eq' || op === 'in') return equalsAny(actual, operand)
  if (op === 'contains') return [operand].flat().some((part) => String(actual).includes(String(part)))
  if (op === 'starts_with') return [operand].flat().some((part) => String(actual).startsWith(String(part)))
  if (Array.isArray(operand)) return false
  const difference = order(actual, operand as Scalar)
  if (op === 'gt') return difference > 0
  if (op === 'gte') return difference >= 0
  if (op === 'lt') return difference < 0
  return op === 'lte' && difference <= 0
}

/**
 * Whether a value passes a comparison. Without a value only `not_set`, `ne` and `not_in` hold. A list
 * passes when one of its members does, and `ne` and `not_in` when none is equal.
 */
export function compare(actual: Value | null, op: Operator, operand: Operand | undefined): boolean {
  const missing = actual === null || actual === '' || (Array.isArray(actual) && actual.length === 0)
  if (op === 'is_set') return !missing
  if (op === 'not_set') return missing
  if (operand === undefined) return false
  const members = missing ? [] : ([actual].flat() as Scalar[])
  if (op === 'ne' || op === 'not_in') return !members.some((member) => equalsAny(member, operand))
  return members.some((member) => holdsFor(member, op, operand))
}

/** Whether the event has the filter's name and passes all its tests. */
export function matches(filter: EventFilter, event: CustomerEvent): boolean {
  return (
    event.name === filter.event &&
    filter.where.every((test) => compare(propertyOf(event, test.property), test.op, test.value))
  )
}
