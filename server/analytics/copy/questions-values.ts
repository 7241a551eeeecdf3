import type { JS } from '@duckdb/node-api'
import type { SuggestedAnswer, ValuesOf } from '../../../shared/api/suggested.ts'
import { columnNames, declaredOf, isColumn } from '../../../shared/conditions/customer.ts'
import type { AttributeType } from '../../../shared/conditions/types/index.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
import { typedColumnsOf } from './columns-customer.ts'
import { rowsOf } from './condition-reading.ts'
import { memberSql, Parameters } from './condition-writer.ts'
import { type Found, numberOf } from './found.ts'

/** Values, a row each or null, and what is to be said of one as JSON and as the text that it begins by. */
interface Source {
  readonly from: string
  readonly json: string
  readonly text: string
}

const ofText = (from: string): Source => ({ from, json: 'to_json(v)', text: 'v' })
const ofScalar = (from: string): Source => ({ from, json: 'to_json(v)', text: 'v::VARCHAR' })
/** Of JSON; of a list each member by itself. */
const ofJson = (json: string, table: string): Source => ({
  from: `select unnest(case when left(${json}, 1) = '[' then list_transform(json_extract(${json}, '$[*]'), lambda m: m::VARCHAR)
    else [${json}] end) as v from ${table}`,
  json: `nullif(v, 'null')`,
  text: `json_extract_string(v, '$')`,
})

/** An instant as it may be written in a condition. */
const instant = `strftime(make_timestamp(v::BIGINT * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`

const typed: Readonly<Record<AttributeType, (column: string) => Source>> = {
  text: (column) => ofText(`select ${column} as v from customers c`),
  number: (column) => ofScalar(`select ${column} as v from customers c`),
  money: (column) => ofScalar(`select ${column} as v from customers c`),
  date: (column) => ofText(`select ${column} as v from customers c`),
  time: (column) => ({
    from: `select ${column} as v from customers c`,
    ...{ json: `to_json(${instant})`, text: instant },
  }),
  yes_no: (column) => ofScalar(`select ${column} as v from customers c`),
  list: (column) => ofText(`select unnest(${column}) as v from customers c`),
}

/** Columns that name one person: their values are nobody's suggestions. */
const suggested: ReadonlySet<string> = new Set(['gender', 'city', 'timezone', 'language'])

function attributeValues(name: string, { base }: Found, parameters: Parameters): Source | null {
  if (isColumn(name)) return suggested.has(name) ? ofText(`select c.${name} as v from customers c`) : null
  const column = typedColumnsOf(base.types).find((one) => one.name === name)
  const declared = declaredOf(base.types, name)
  if (column !== undefined && declared !== null) return typed[declared.type](`c.${column.column}`)
  return ofJson('v', `(select ${memberSql('c.attributes', name, parameters)} as v from customers c)`)
}

function propertyValues(event: string, name: string, parameters: Parameters): Source {
  const { from, which, property } = rowsOf(event, parameters, ever)
  const of = `from ${from} where ${which}`
  if (name === 'amount') return ofScalar(`select e.amount as v ${of}`)
  const own = () => memberSql('e.properties', name, parameters)
  return ofJson('v', `(select ${property(name, own)} as v ${of})`)
}

/** The names of what customers have: columns and declared attributes by theirs, the others as they are met. */
function attributeNames({ base }: Found, parameters: Parameters): string {
  const own = columnNames.map((name) => [name, name === 'customer_id' ? 'id' : name] as const)
  const typedOnes = typedColumnsOf(base.types).map(({ name, column }) => [name, column] as const)
  const known = [...own, ...typedOnes]
  const counts = known.map(([, column], place) => `count(${column}) as n${place}`)
  const names = known.map(([name, _column], place) => `(${parameters.text(name)}, counted.n${place})`)
  return `with counted as (select ${counts.join(', ')} from customers)
    select name as v, n from counted, lateral (values ${names.join(', ')}) k(name, n) where n > 0
    union all select v, count(*) from (select unnest(json_keys(attributes)) as v from customers
      where attributes <> '{}') group by v`
}

/** Values are suggested from all that there is. */
const ever = Number.NEGATIVE_INFINITY

const counted = ({ from, json, text }: Source): string =>
  `select ${json} as value, ${text} as said, n from (select v, count(*) as n from (${from}) group by v) where v is not null`

const namesCounted = (from: string): string => `select to_json(v) as value, v as said, n from (${from})`

function askedSql(of: ValuesOf, found: Found, parameters: Parameters): string | null {
  switch (of.field) {
    case 'attributes':
      return namesCounted(attributeNames(found, parameters))
    case 'attribute': {
      const source = attributeValues(of.name, found, parameters)
      return source === null ? null : counted(source)
    }
    case 'tag':
      return counted(ofText('select tag as v from tags semi join customers using (person)'))
    case 'event':
      return counted(ofText('select name as v from events'))
    case 'properties': {
      const { from, which } = rowsOf(of.event, parameters, ever)
      return counted(ofText(`select unnest(json_keys(e.properties)) as v from ${from} where ${which}`))
    }
    case 'property':
      return counted(propertyValues(of.event, of.name, parameters))
  }
}

type Suggested = SuggestedAnswer['values'][number]

function suggestedOf([value, count]: readonly JS[]): Suggested[] {
  const read: unknown = JSON.parse(String(value))
  if (typeof read !== 'string' && typeof read !== 'number' && typeof read !== 'boolean') return []
  return [{ value: read, count: numberOf(count) }]
}

/** What there is to be asked for, the most frequent first. */
export async function values(
  found: Found,
  { of, startsWith, limit }: AskedOf<'values'>,
): Promise<AnswerTo<'values'>> {
  const parameters = new Parameters()
  const sql = askedSql(of, found, parameters)
  if (sql === null) return { values: [], more: false }
  const begins = `starts_with(lower(said), lower(${parameters.text(startsWith)}))`
  const rows = await found.rows(
    `select value::VARCHAR, n from (${sql}) where value is not null and ${begins}
     order by n desc, said limit ${limit + 1}`,
    parameters.values,
  )
  return { values: rows.slice(0, limit).flatMap(suggestedOf), more: rows.length > limit }
}
