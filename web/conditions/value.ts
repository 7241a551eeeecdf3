import { isMoney } from '../../shared/conditions/lines.ts'
import type { Operand, Operator, PropertyTest, Scalar } from '../../shared/conditions/schema.ts'
import { type Declared, readAs } from '../../shared/conditions/types/index.ts'
import { variableIn } from './variable.ts'

/** Whether an operator compares with something. */
export const takesValue = (op: Operator): boolean => op !== 'is_set' && op !== 'not_set'

/** Whether an operator compares with a list. */
export const takesList = (op: Operator): boolean => op === 'in' || op === 'not_in'

const ordering: readonly Operator[] = ['gt', 'gte', 'lt', 'lte']
const numeric = (text: string) => /^-?\d+(\.\d+)?$/.test(text.trim())

/** More digits than a number holds: an id, which stays the text that it is. */
const isLong = (text: string) => text.replace(/\D/g, '').length > 15

/** Whether a typed text is wanted as a number: by the declared type, else by what the data holds. */
const asDeclared = (text: string, { type }: Declared): Scalar =>
  (type === 'number' || type === 'money') && numeric(text) && !isLong(text) ? Number(text) : text

/**
 * A value as it was typed: of a declared number a number, of any other declared type the text itself. Where no
 * type is declared, a number where the data holds numbers (or, where nothing is known, where it is compared by
 * size), true and false where the data holds those, else the text itself.
 */
export function readScalar(
  text: string,
  op: Operator,
  examples: readonly Scalar[],
  declared: Declared | null = null,
): Scalar {
  if (declared !== null) return asDeclared(text, declared)
  if (isLong(text)) return text
  const kinds = new Set(examples.map((example) => typeof example))
  const wantsNumber = kinds.size === 0 ? ordering.includes(op) : kinds.size === 1 && kinds.has('number')
  if (wantsNumber && numeric(text)) return Number(text)
  if (kinds.size === 1 && kinds.has('boolean') && (text === 'true' || text === 'false'))
    return text === 'true'
  return text
}

/** The operand that another operator keeps of the one before: a list becomes its first value and back. */
export function operandFor(op: Operator, value: Operand | undefined): Operand | undefined {
  if (!takesValue(op)) return undefined
  if (variableIn(value) !== null) return takesList(op) ? [] : value
  if (takesList(op)) return Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '')
}

/** The day that an operand writes, YYYY-MM-DD; '' where it writes none. */
export function dayText(value: Operand | undefined): string {
  const [first] = shownValues(value)
  const reading =
    first === undefined ? null : readAs({ type: 'date', format: null }, first, { zone: 'UTC', currency: '' })
  return reading?.ok && typeof reading.value === 'string' && !reading.value.startsWith('--')
    ? reading.value
    : ''
}

/** The values of an operand as they are shown in fields. */
export function shownValues(value: Operand | undefined): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** A test that compares with another value; without one where the operator takes none. */
export function withValue(test: PropertyTest, op: Operator, value: Operand | undefined): PropertyTest {
  const { value: _old, ...bare } = test
  return value === undefined ? { ...bare, op } : { ...bare, op, value }
}

/** A test with another operator; the value is left out where the operator takes none. */
export function withOperator<T extends { op: Operator; value?: Operand | undefined }>(
  test: T,
  op: Operator,
): T {
  const { value: _old, ...bare } = test
  const value = operandFor(op, test.value)
  // The spread keeps every field of T but `value`, which is optional.
  return (value === undefined ? { ...bare, op } : { ...bare, op, value }) as T
}

/**
 * A test of another property. What was meant of an amount of money says nothing of any other property, nor the other
 * way round: such a test begins anew.
 */
export function withProperty<T extends { property: string; op: Operator; value?: unknown }>(
  test: T,
  property: string,
  event: string | null,
): T {
  const money = isMoney(property, event)
  if (isMoney(test.property, event) === money) return { ...test, property }
  return { ...test, property, ...(money ? { op: 'gte', value: 10_000 } : { op: 'eq', value: '' }) }
}
