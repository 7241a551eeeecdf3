import { type DuckDBValue, listValue } from '@duckdb/node-api'
import { isDate } from '../../../shared/calendar/date.ts'
import { isZone, localDate } from '../../../shared/calendar/index.ts'
import {
  type AttributeTypes,
  declaredOf,
  laidTypes,
  scoreTypes,
  type Value,
} from '../../../shared/conditions/customer.ts'
import { isLaidName } from '../../../shared/conditions/ledger.ts'
import { dayOfAttribute, monthDayOf } from '../../../shared/conditions/own-day.ts'
import { type AttributeType, type Declared, typedValue } from '../../../shared/conditions/types/index.ts'
import { isScore } from '../../../shared/models/scores.ts'
import { addressTimesSql } from '../address-times.ts'
import { withOwnerSql } from '../owner.ts'
import { withBalanceSql } from '../points.ts'
import type { ColumnType, CopiedColumn, CopiedTable } from './columns.ts'
import { contactsOf, followerAsRead, friendAsRead, statesAsRead } from './columns-contact.ts'
import { jsonOf, numberIn, objectIn, textIn } from './columns-read.ts'

const typedColumns = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  money: 'DOUBLE',
  date: 'VARCHAR',
  time: 'DOUBLE',
  yes_no: 'BOOLEAN',
  list: 'VARCHAR[]',
} as const satisfies Record<AttributeType, ColumnType>

/** A declared attribute's column. */
export interface TypedColumn {
  readonly name: string
  readonly declared: Declared
  readonly column: string
}

/** The columns of the declared attributes and of what models say, in the order of their names. */
export function typedColumnsOf({ of }: AttributeTypes): TypedColumn[] {
  return Object.entries({ ...laidTypes, ...of, ...scoreTypes })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, declared], index) => ({ name, declared, column: `a${index}` }))
}

/** Where an instant's day by the customer's own clock stands. */
export const ownDayColumn = (column: string): string => `${column}_own`

function columnsOf({ column, declared }: TypedColumn): CopiedColumn[] {
  const own: CopiedColumn = { name: column, type: typedColumns[declared.type] }
  return declared.type === 'time' ? [own, { name: ownDayColumn(column), type: 'VARCHAR' }] : [own]
}

/** Instants of which a day can be written in every zone. */
const firstMoment = Date.parse('0001-01-03T00:00:00Z')
const lastMoment = Date.parse('9999-12-30T00:00:00Z')

const dayAt = (at: number | null, zone: string | null): string | null =>
  at === null || zone === null || !(at >= firstMoment && at <= lastMoment) ? null : localDate(at, zone)

type Attributes = Readonly<Record<string, string | number | boolean>>

/** The attributes as they came in; null where they cannot be read. */
function attributesIn(written: unknown): Attributes | null {
  if (written === '{}') return {}
  const object = objectIn(written)
  if (object === null) return null
  const known: [string, string | number | boolean][] = []
  for (const [name, value] of Object.entries(object)) {
    // Earlier releases kept what a customer has no value of as null.
    if (value === null) continue
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null
    known.push([name, value])
  }
  return Object.fromEntries(known)
}

/** A text without a figure, in whichever script, writes no day. */
const mayBeDay = (value: Value): boolean =>
  typeof value !== 'boolean' && /[\d\u0080-\uffff]/.test(String(value))

/** The days that values write of which none is declared to be one. */
function daysIn(attributes: Attributes, types: AttributeTypes): Record<string, string> {
  const days: [string, string][] = []
  for (const [name, value] of Object.entries(attributes)) {
    const day = mayBeDay(value) ? dayOfAttribute(value, name, types, types.zone) : null
    if (day !== null && monthDayOf(day) !== null) days.push([name, day])
  }
  return Object.fromEntries(days)
}

const isText = (types: AttributeTypes, name: string): boolean => declaredOf(types, name)?.type === 'text'

/** What stands of the attributes beside the typed columns: those that nobody has declared, and the days in texts. */
function othersOf(attributes: Attributes | null, types: AttributeTypes): [string | null, string | null] {
  if (attributes === null) return [null, null]
  const entries = Object.entries(attributes)
  const isTyped = (name: string) => Object.hasOwn(types.of, name) || isLaidName(name)
  const undeclared = entries.filter(([name]) => !isTyped(name) && !isScore(name))
  const written = entries.filter(([name]) => isTyped(name) && isText(types, name))
  const days = daysIn(Object.fromEntries([...undeclared, ...written]), types)
  return [
    undeclared.length === 0 ? '{}' : jsonOf(Object.fromEntries(undeclared)),
    Object.keys(days).length === 0 ? null : jsonOf(days),
  ]
}

function typedOf(
  { name, declared }: TypedColumn,
  attributes: Attributes | null,
  context: Reading,
): readonly DuckDBValue[] {
  const raw = attributes !== null && Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null
  const value = raw === null ? null : typedValue(declared, raw, context.types)
  if (typeof value === 'object' && value !== null) return [listValue(value.map(String))]
  if (declared.type !== 'time') return [value]
  return [value, dayAt(typeof value === 'number' ? value : null, context.zone)]
}

interface Reading {
  readonly types: AttributeTypes
  /** The customer's own. */
  readonly zone: string | null
}

/** What models say, and who has the customer, stand among the attributes, as it does for whoever reads one customer. */
const scoredAttributes = `coalesce(
  (select json_patch(t.attributes, s.scores) from scores s where s.customer_id = t.id and json_valid(s.scores)),
  t.attributes)`
const attributesAsRead = `case iif(json_valid(t.attributes), json_type(t.attributes), '') when 'object'
  then ${withBalanceSql(withOwnerSql(scoredAttributes, 't.id'), 't.id')} else t.attributes end`

const texts = ['name', 'phone', 'email', 'gender', 'birthday', 'city'] as const
const varchar = (name: string): CopiedColumn => ({ name, type: 'VARCHAR' })

/** What every customer has, whatever attributes there are. */
const ownColumns: readonly CopiedColumn[] = [
  ...['id', ...texts].map(varchar),
  { name: 'registered_at', type: 'DOUBLE' },
  ...['timezone', 'language'].map(varchar),
  // A birthday as a day that exists, the 'MM-DD' on which it comes each year, and the day of registration by the
  // customer's own clock.
  ...['birthday_date', 'birthday_md', ownDayColumn('registered_at')].map(varchar),
  // JSON of what nobody has declared; null where the attributes cannot be read. The days that texts write, by name.
  ...['attributes', 'days'].map(varchar),
  // What holds of each channel, as `contactMarks` has it.
  varchar('contacts'),
  // JSON: since when it holds, where that is known.
  varchar('contact_since'),
]

/** Customers: their attributes are read here, once, as their types have them. */
export function customersTable(types: AttributeTypes): CopiedTable {
  const typed = typedColumnsOf(types)
  return {
    name: 'customers',
    columns: [...ownColumns, ...typed.flatMap(columnsOf)],
    reads: `t.id, t.id, ${texts.map((name) => `t.${name}`).join(', ')}, t.registered_at, t.timezone, t.language, ${attributesAsRead},
      t.consent_sms, t.consent_email, ${statesAsRead}, ${addressTimesSql('t')}, ${friendAsRead}, ${followerAsRead}`,
    values: (row) => {
      const [id, name, phone, email, gender, birthday, city] = row.map(textIn)
      const registeredAt = numberIn(row[7])
      const timezone = textIn(row[8])
      const zone = timezone !== null && isZone(timezone) ? timezone : null
      const born = birthday ?? null
      const attributes = attributesIn(row[10])
      return [
        id ?? null,
        name ?? null,
        phone ?? null,
        email ?? null,
        gender ?? null,
        born,
        city ?? null,
        registeredAt,
        zone,
        textIn(row[9]),
        born !== null && isDate(born) ? born : null,
        born === null ? null : monthDayOf(born),
        dayAt(registeredAt, zone),
        ...othersOf(attributes, types),
        ...contactsOf({
          ...{ id: id ?? '', phone: phone ?? null, email: email ?? null },
          ...{ consentSms: row[11], consentEmail: row[12], states: row[13], times: row[14] },
          ...{ friend: row[15], follower: row[16] },
        }),
        ...typed.flatMap((column) => typedOf(column, attributes, { types, zone })),
      ]
    },
  }
}
