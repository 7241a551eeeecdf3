import { type CustomerEvent, type Properties, propertyOf, type Value, valueAt } from './customer.ts'
import { byDeclared, byJson, type Comparison, hasPart } from './same.ts'
import {
  type EventFilter,
  isEntryReference,
  type Operand,
  type Operator,
  type PropertyTest,
  type Scalar,
} from './schema.ts'
import { type Declared, type ReadingContext, types } from './types/index.ts'

function sameAsAny(actual: Scalar, operand: Operand, { same }: Comparison): boolean {
  if (!Array.isArray(operand)) return same(actual, operand as Scalar)
  return operand.some((one) => same(actual, one))
}

const hasAny = (actual: Scalar, operand: Operand, at: 'anywhere' | 'start'): boolean =>
  [operand].flat().some((part) => hasPart(String(actual), String(part), at))

function holdsFor(actual: Scalar, op: Operator, operand: Operand, by: Comparison): boolean {
  if (op === 'eq' || op === 'in') return sameAsAny(actual, operand, by)
  if (op === 'contains') return hasAny(actual, operand, 'anywhere')
  if (op === 'starts_with') return hasAny(actual, operand, 'start')
  if (Array.isArray(operand)) return false
  const difference = by.order(actual, operand as Scalar)
  if (difference === null) return false
  if (op === 'gt') return difference > 0
  if (op === 'gte') return difference >= 0
  if (op === 'lt') return difference < 0
  return op === 'lte' && difference <= 0
}

const none: readonly Scalar[] = []

const isList = (value: Value): value is readonly Scalar[] => Array.isArray(value)

function holds(actual: Value | null, op: Operator, operand: Operand | undefined, by: Comparison): boolean {
  const missing = actual === null || actual === '' || (Array.isArray(actual) && actual.length === 0)
  if (op === 'is_set') return !missing
  if (op === 'not_set') return missing
  if (operand === undefined) return false
  if (!missing && actual !== null && !isList(actual)) {
    if (op === 'ne' || op === 'not_in') return !sameAsAny(actual, operand, by)
    return holdsFor(actual, op, operand, by)
  }
  const members = missing || actual === null ? none : [actual].flat()
  if (op === 'ne' || op === 'not_in') return !members.some((member) => sameAsAny(member, operand, by))
  return members.some((member) => holdsFor(member, op, operand, by))
}

/**
 * Whether a value passes a comparison. Texts are compared as texts, whatever they look like; a number by
 * JSON is compared by number. Only numbers and ISO dates are over or under another. Without a value only
 * `not_set`, `ne` and `not_in` hold. A list passes when one of its members does, and `ne` and `not_in`
 * when none is equal.
 */
export function compare(actual: Value | null, op: Operator, operand: Operand | undefined): boolean {
  return holds(actual, op, operand, byJson)
}

/**
 * Whether a value of an attribute, read as its type has it, passes a comparison. An operator that the type
 * does not know holds for nobody; the check says so.
 */
export function compareAs(
  declared: Declared,
  actual: Value | null,
  op: Operator,
  operand: Operand | undefined,
  context: ReadingContext,
): boolean {
  const known: readonly Operator[] = types[declared.type].operators
  return known.includes(op) && holds(actual, op, operand, byDeclared(declared, context))
}

/** What a test compares with: a value, or that of a property of the entry; undefined where that is unknown. */
function operandOf(value: PropertyTest['value'], entry: Properties): Operand | undefined {
  if (!isEntryReference(value)) return value
  const known = valueAt(entry, value.entry)
  return known === null ? undefined : typeof known === 'object' ? [...known] : known
}

/**
 * Whether the event has the filter's name and passes all its tests. `entry` are the values of the event by which
 * the customer came in; a test that names one which is not there holds for nobody.
 */
export function matches(filter: EventFilter, event: CustomerEvent, entry: Properties = {}): boolean {
  return (
    event.name === filter.event &&
    filter.where.every((test) =>
      compare(propertyOf(event, test.property), test.op, operandOf(test.value, entry)),
    )
  )
}
