import { isOfType, type PropertyType, standardEvent } from '../../../shared/conditions/standard-events.ts'
import { type Found, numberOf, textOf } from './found.ts'
import { eventRow, type Look } from './quality-look.ts'

/** So many events are read property by property; of more a sample, picked the same each time. */
const mostRead = 200_000
/** An event of fewer says nothing of what it usually has. */
const eventsNeeded = 20
/** What is missing less often than that is missing by mistake; what is more often, is of some events only. */
const missingShare = 0.5
const mostNamed = 30

/** What a value of JSON is, as DuckDB calls it. */
const typesOfJson: Readonly<Record<string, PropertyType>> = {
  VARCHAR: 'text',
  BIGINT: 'number',
  UBIGINT: 'number',
  DOUBLE: 'number',
  BOOLEAN: 'yes_no',
  ARRAY: 'list',
  OBJECT: 'object',
}

/** A property's value by its JSON pointer (RFC 6901). */
const propertySql = (parameter: string) =>
  `json_extract(e.properties, '/' || replace(replace(${parameter}, '~', '~0'), '/', '~1'))`

interface Typed {
  readonly name: string
  readonly field: string
  readonly type: string
  readonly count: number
}

/** What is looked for among the properties of events, name by name. */
export async function ofProperties({ rows }: Found, events: number): Promise<Look[]> {
  const sampled = events > mostRead
  const sample = sampled ? `using sample reservoir(${mostRead} rows) repeatable (11)` : ''
  await rows(`create or replace temp table read_events as select * from events ${sample}`)
  const named = new Map(
    (
      await rows(
        `select name, count(*) as n from read_events group by name order by n desc limit ${mostNamed}`,
      )
    ).map(([name, count]) => [textOf(name) ?? '', numberOf(count)]),
  )
  const typed = (
    await rows(
      `with keyed as (select name, properties, unnest(json_keys(properties)) as field from read_events
         where properties is not null)
       select name, field, json_type(properties, '/' || replace(replace(field, '~', '~0'), '/', '~1')) as type, count(*)
       from keyed where not contains(field, '.') group by all order by all`,
    )
  ).map(
    ([name, field, type, count]): Typed => ({
      ...{ name: textOf(name) ?? '', field: textOf(field) ?? '' },
      ...{ type: textOf(type) ?? '', count: numberOf(count) },
    }),
  )
  return [...mistyped(typed, sampled), ...missing(typed, named, sampled)]
}

/** Whose type, or whose very name, a standard event does not know. */
function mistyped(typed: readonly Typed[], sampled: boolean): Look[] {
  return typed.flatMap(({ name, field, type }): Look[] => {
    const standard = standardEvent(name)
    const found = typesOfJson[type]
    if (standard === undefined || found === undefined) return []
    const wanted = standard.properties[field]
    const rest = `from read_events e where e.name = $1 and json_type(${propertySql('$2')}) = '${type}'`
    const sql = `${eventRow(`e.name || '.' || $2`, `left(${propertySql('$2')}::VARCHAR, 60)`)} ${rest}`
    if (wanted === undefined) return [{ check: 'unknown-property', sql, values: [name, field], sampled }]
    return isOfType(found, wanted) ? [] : [{ check: 'wrong-type', sql, values: [name, field], sampled }]
  })
}

/** What most events of a name have, and some have not. */
function missing(typed: readonly Typed[], named: ReadonlyMap<string, number>, sampled: boolean): Look[] {
  const fields = new Map<string, Typed>()
  for (const one of typed) {
    const key = JSON.stringify([one.name, one.field])
    fields.set(key, { ...one, count: one.count + (fields.get(key)?.count ?? 0) })
  }
  return [...fields.values()].flatMap(({ name, field, count }): Look[] => {
    const of = named.get(name) ?? 0
    if (of < eventsNeeded || count === of || count < of * missingShare) return []
    const sql = `${eventRow(`e.name || '.' || $2`, 'null::VARCHAR')} from read_events e
      where e.name = $1 and (e.properties is null or ${propertySql('$2')} is null)`
    return [{ check: 'sometimes-missing', sql, values: [name, field], of, sampled }]
  })
}
