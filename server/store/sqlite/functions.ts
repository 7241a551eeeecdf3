import type Database from 'better-sqlite3'
import { compare, compareAs } from '../../../shared/conditions/compare.ts'
import {
  type AttributeTypes,
  type Properties,
  type Value,
  valueAt,
} from '../../../shared/conditions/customer.ts'
import { daysBetween } from '../../../shared/conditions/evaluate.ts'
import { ownDayHolds, ownZone } from '../../../shared/conditions/own-day.ts'
import {
  type AnniversaryTest,
  type Operand,
  type Operator,
  operand,
  operators,
  type Scalar,
} from '../../../shared/conditions/schema.ts'
import { type Declared, type ReadingContext, typedValue } from '../../../shared/conditions/types/index.ts'
import { shardOf } from './enrollments/shard.ts'

import { markOf } from './erasure/mark.ts'

const mostTexts = 500

/** What a test asks comes as JSON text, the same few for every row of a query. */
function reader<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= mostTexts) known.clear()
    const made = read(text)
    known.set(text, made)
    return made
  }
}

const readOperand = reader((text): { value: Operand | undefined } => ({
  value: text === '' ? undefined : operand.parse(JSON.parse(text)),
}))

interface Reading extends ReadingContext {
  readonly declared: Declared
}

/** Written by the conditions' SQL alone, and read back in the same process. */
const readReading = reader((text): { reading: Reading | null } => ({
  reading: text === '' ? null : (JSON.parse(text) as Reading),
}))

interface OwnDay {
  readonly test: AnniversaryTest
  readonly now: number
  readonly zone: string
  readonly types: AttributeTypes | undefined
}

interface WrittenOwnDay extends Omit<OwnDay, 'types'> {
  readonly declared: Declared | null
  readonly reading: ReadingContext | null
}

const readOwnDay = reader((text): OwnDay => {
  const { declared, reading, ...asked } = JSON.parse(text) as WrittenOwnDay
  const of = declared === null ? {} : { [asked.test.name]: declared }
  return { ...asked, types: reading === null ? undefined : { ...reading, of } }
})

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

/**
 * Of the properties of an event or the attributes of a customer, as they were written: what stands there by a name;
 * undefined where they cannot be read, so that nobody can say.
 */
function readMember(json: unknown, name: string): Value | null | undefined {
  const object = objectIn(json)
  return object === null ? undefined : valueAt(object, name)
}

/** null where it is no object of JSON. */
function objectIn(json: unknown): Properties | null {
  if (typeof json !== 'string') return null
  try {
    const value: unknown = JSON.parse(json)
    // The boundary where the column is trusted: of what is an object, the members are whatever JSON can be.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function test(value: Value | null, op: unknown, expected: unknown): number {
  if (typeof op !== 'string' || !isOperator(op)) return 0
  return compare(value, op, readOperand(String(expected)).value) ? 1 : 0
}

/** Of an attribute, whose declared type says how it is read and compared; a column is read already. */
function testTyped(
  raw: Value | null,
  column: boolean,
  op: unknown,
  expected: unknown,
  type: unknown,
): number {
  const { reading } = readReading(String(type))
  if (reading === null) return test(raw, op, expected)
  if (typeof op !== 'string' || !isOperator(op)) return 0
  const { declared } = reading
  const value = raw === null || column ? raw : typedValue(declared, raw, reading)
  return compareAs(declared, value, op, readOperand(String(expected)).value, reading) ? 1 : 0
}

function testOwnDay(json: unknown, timezone: unknown, asked: unknown): number {
  const { test: own, now, zone, types } = readOwnDay(String(asked))
  const where = own.own === true ? ownZone(typeof timezone === 'string' ? timezone : null, zone) : zone
  return ownDayHolds(readValue(json), own, types, now, where) ? 1 : 0
}

/**
 * Gives SQL the very comparison that conditions use in memory, so that both answer alike:
 * `magpie_compare(json, op, operand)` for one value, `magpie_member(object, name, op, operand)` for a member
 * of a JSON object, `magpie_property(object, name)` for a member as JSON; of attributes, as their declared
 * types have them, `magpie_attribute(object, name, op, operand, type)`, `magpie_column(json, op, operand, type)`
 * and `magpie_own_day(json, timezone, asked)`; `magpie_days(at, now, zone)` for calendar days between two
 * moments; and the aggregate `magpie_sum(json)`, the sum of those values that are numbers, as JSON.
 */
export function addFunctions(sqlite: Database.Database): void {
  const options = { deterministic: true }
  sqlite.function('magpie_compare', options, (json: unknown, op: unknown, expected: unknown) =>
    test(readValue(json), op, expected),
  )
  sqlite.function('magpie_member', options, (json: unknown, name: unknown, op: unknown, expected: unknown) =>
    test(readMember(json, String(name)) ?? null, op, expected),
  )
  sqlite.function(
    'magpie_attribute',
    options,
    (json: unknown, name: unknown, op: unknown, expected: unknown, type: unknown) => {
      const value = readMember(json, String(name))
      // Neither yes nor no: SQL lets such a customer in by neither.
      return value === undefined ? null : testTyped(value, false, op, expected, type)
    },
  )
  sqlite.function('magpie_column', options, (json: unknown, op: unknown, expected: unknown, type: unknown) =>
    testTyped(readValue(json), true, op, expected, type),
  )
  sqlite.function('magpie_own_day', options, (json: unknown, timezone: unknown, asked: unknown) =>
    testOwnDay(json, timezone, asked),
  )
  sqlite.function('magpie_shard', options, (id: unknown) => shardOf(String(id)))
  sqlite.function('magpie_days', options, (at: unknown, now: unknown, zone: unknown) =>
    daysBetween(Number(at), Number(now), String(zone)),
  )
  sqlite.function('magpie_property', options, (json: unknown, name: unknown) => {
    const value = readMember(json, String(name))
    return value === null || value === undefined ? null : JSON.stringify(value)
  })
  // The triggers of addresses ask it; migration 0025.
  sqlite.function('magpie_mark', options, (key: unknown, kind: unknown, address: unknown) =>
    markOf(String(key), String(kind), String(address)),
  )
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
