import type Database from 'better-sqlite3'
import { compare } from '../../../shared/conditions/compare.ts'
import { type Properties, type Value, valueAt } from '../../../shared/conditions/customer.ts'
import { daysBetween } from '../../../shared/conditions/evaluate.ts'
import {
  type Operand,
  type Operator,
  operand,
  operators,
  type Scalar,
} from '../../../shared/conditions/schema.ts'

/** Operands come as JSON text, the same one for every row of a query. */
function reader<T>(read: (text: string) => T): (text: string) => T {
  let lastText = ''
  let last: T | null = null
  return (text) => {
    if (last === null || text !== lastText) {
      last = read(text)
      lastText = text
    }
    return last
  }
}

const readOperand = reader((text): { value: Operand | undefined } => ({
  value: text === '' ? undefined : operand.parse(JSON.parse(text)),
}))

function isOperator(text: string): text is Operator {
  return operators.some((one) => one === text)
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** JSON text of a scalar or a list of texts; null for nothing. */
function readValue(json: unknown): Value | null {
  if (typeof json !== 'string') return null
  const value: unknown = JSON.parse(json)
  if (isScalar(value)) return value
  return Array.isArray(value) ? value.filter(isScalar) : null
}

/** Trusts what the column holds: the properties of an event or the attributes of a customer, as they were written. */
function readMember(json: unknown, name: string): Value | null {
  return typeof json === 'string' ? valueAt(JSON.parse(json) as Properties, name) : null
}

function test(value: Value | null, op: unknown, expected: unknown): number {
  if (typeof op !== 'string' || !isOperator(op)) return 0
  return compare(value, op, readOperand(String(expected)).value) ? 1 : 0
}

/**
 * Gives SQL the very comparison that conditions use in memory, so that both answer alike:
 * `magpie_compare(json, op, operand)` for one value, `magpie_member(object, name, op, operand)` for a member
 * of a JSON object, `magpie_property(object, name)` for a member as JSON, `magpie_text(object, name)` for a
 * member's text, `magpie_days(at, now, zone)` for calendar days between two moments; and the aggregate
 * `magpie_sum(json)`, the sum of those values that are numbers, as JSON.
 */
export function addFunctions(sqlite: Database.Database): void {
  const options = { deterministic: true }
  sqlite.function('magpie_compare', options, (json: unknown, op: unknown, expected: unknown) =>
    test(readValue(json), op, expected),
  )
  sqlite.function('magpie_member', options, (json: unknown, name: unknown, op: unknown, expected: unknown) =>
    test(readMember(json, String(name)), op, expected),
  )
  sqlite.function('magpie_days', options, (at: unknown, now: unknown, zone: unknown) =>
    daysBetween(Number(at), Number(now), String(zone)),
  )
  sqlite.function('magpie_property', options, (json: unknown, name: unknown) => {
    const value = readMember(json, String(name))
    return value === null ? null : JSON.stringify(value)
  })
  sqlite.function('magpie_text', options, (json: unknown, name: unknown) => {
    const value = readMember(json, String(name))
    return typeof value === 'string' ? value : null
  })
  sqlite.aggregate('magpie_sum', {
    ...options,
    start: 0,
    step: (total: number, json: unknown) => {
      const value = readValue(json)
      return typeof value === 'number' ? total + value : total
    },
    result: (total) => JSON.stringify(total),
  })
}
