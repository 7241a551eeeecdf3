import { operandFor } from '../../../shared/conditions/address.ts'
import { type AttributeTypes, declaredOf, isColumn } from '../../../shared/conditions/customer.ts'
import { type DayRange, fallsWithin, rangeAt } from '../../../shared/conditions/own-day.ts'
import type { AnniversaryTest, Leaf } from '../../../shared/conditions/schema.ts'
import type { Declared } from '../../../shared/conditions/types/index.ts'
import { ownDayColumn, typedColumnsOf } from './columns-customer.ts'
import { jsonHolds, type TypedValue, typedHolds } from './condition-compare.ts'
import { existingDate, existingMonthDay } from './condition-text.ts'
import { amongTexts, anyOf, bound, memberSql, type Parameters } from './condition-writer.ts'
import { daySql } from './condition-zone.ts'

export interface AttributeContext {
  readonly types: AttributeTypes
  readonly now: number
  readonly zone: string
  /** The zones that customers have of their own. */
  readonly zones: readonly string[]
  readonly parameters: Parameters
}

/** What somebody's attributes answer whose attributes nobody can read: neither yes nor no. */
const readable = (sql: string, unsure: boolean): string =>
  `case when c.attributes is null then ${unsure} else ${sql} end`

const columnOf = (name: string): string => `c.${name === 'customer_id' ? 'id' : name}`

const typedColumn = (name: string, types: AttributeTypes): string =>
  `c.${typedColumnsOf(types).find((one) => one.name === name)?.column ?? 'unknown'}`

/** Of days as they are fed, all of which exist, the one with its year. */
const fullDate = (day: string): string => `case when length(${day}) = 10 then ${day} end`

function typedValueOf(name: string, types: AttributeTypes): TypedValue {
  if (name === 'birthday') return { sql: 'c.birthday', date: 'c.birthday_date' }
  const sql = isColumn(name) ? columnOf(name) : typedColumn(name, types)
  return { sql, date: fullDate(sql) }
}

export function attributeSql(
  { name, op, value }: Extract<Leaf, { kind: 'attribute' }>,
  context: AttributeContext,
  unsure: boolean,
): string {
  const { types, parameters } = context
  const compared = { op, operand: operandFor(name, op, value), parameters }
  const declared = declaredOf(types, name)
  if (declared === null)
    return readable(jsonHolds(memberSql('c.attributes', name, parameters), compared), unsure)
  const holds = typedHolds(typedValueOf(name, types), declared, compared, types)
  return isColumn(name) ? holds : readable(holds, unsure)
}

/** Where the day of a customer stands: with its year, and the 'MM-DD' on which it comes again. */
interface OwnDay {
  readonly date: string
  readonly monthDay: string
}

const written = (day: string): OwnDay => ({ date: fullDate(day), monthDay: `right(${day}, 5)` })
const textDay = (text: string): OwnDay => ({ date: existingDate(text), monthDay: existingMonthDay(text) })

/** An instant's day depends on whose clock it is read by; null where it has been read by the customer's own. */
function instantDay(sql: string, zone: string | null): OwnDay {
  const day = zone === null ? ownDayColumn(sql) : daySql(sql, zone)
  return { date: day, monthDay: `right(${day}, 5)` }
}

function attributeDay(
  name: string,
  declared: Declared | null,
  context: AttributeContext,
  zone: string | null,
) {
  const { types, parameters } = context
  if (declared?.type === 'time') return instantDay(typedColumn(name, types), zone)
  if (declared?.type === 'date') return written(typedColumn(name, types))
  if (declared !== null && declared.type !== 'text') return null
  return written(`json_extract_string(${memberSql('c.days', name, parameters)}, '$')`)
}

function ownDayOf(name: string, context: AttributeContext, zone: string | null): OwnDay | null {
  if (name === 'birthday') return { date: 'c.birthday_date', monthDay: 'c.birthday_md' }
  if (name === 'registered_at') return instantDay('c.registered_at', zone)
  if (isColumn(name)) return textDay(columnOf(name))
  return attributeDay(name, declaredOf(context.types, name), context, zone)
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
const yearDays: readonly string[] = Array.from({ length: 12 }, (_, month) =>
  Array.from(
    { length: new Date(Date.UTC(2000, month + 1, 0)).getUTCDate() },
    (_none, day) => `${twoDigits(month + 1)}-${twoDigits(day + 1)}`,
  ),
).flat()

/** Days that come again within a range, as runs of days that follow each other. */
function runsWithin(range: DayRange): readonly (readonly [first: string, last: string])[] {
  const runs: (readonly [string, string])[] = []
  let first: string | null = null
  let last = ''
  for (const day of yearDays) {
    const within = fallsWithin(`--${day}`, range, 'yearly')
    if (!within && first !== null) runs.push([first, last])
    first = within ? (first ?? day) : null
    last = day
  }
  return first === null ? runs : [...runs, [first, last]]
}

function fallsSql(day: OwnDay, range: DayRange | null, { repeat }: AnniversaryTest): string {
  if (range === null) return 'false'
  if (repeat === 'once') return `coalesce(${day.date} between '${range.from}' and '${range.to}', false)`
  const within = (md: string) =>
    anyOf(runsWithin(range).map(([first, last]) => `${md} between '${first}' and '${last}'`))
  return `coalesce(${bound(day.monthDay, within, 'md')}, false)`
}

/** Customers by what day is asked for where they are: all in one zone, but for those whose own clock is ahead or behind. */
function ownSql(test: AnniversaryTest, context: AttributeContext, elsewhere: string): string {
  const day = ownDayOf(test.name, context, null)
  if (day === null) return 'false'
  const groups = new Map<string, { range: DayRange | null; zones: string[] }>()
  for (const zone of context.zones) {
    const range = rangeAt(test, context.now, zone)
    const key = JSON.stringify(range)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { range, zones: [zone] })
    else group.zones.push(zone)
  }
  const cases = [...groups.values()].map(
    ({ range, zones }) =>
      `when ${amongTexts('c.timezone', zones, context.parameters)} then ${fallsSql(day, range, test)}`,
  )
  return `case when c.timezone is null then ${elsewhere} ${cases.join(' ')} else false end`
}

export function ownDaySql(test: AnniversaryTest, context: AttributeContext, unsure: boolean): string {
  const { now, zone } = context
  const day = ownDayOf(test.name, context, zone)
  if (day === null) return 'false'
  const here = fallsSql(day, rangeAt(test, now, zone), test)
  const holds = test.own === true ? ownSql(test, context, here) : here
  return isColumn(test.name) ? holds : readable(holds, unsure)
}
