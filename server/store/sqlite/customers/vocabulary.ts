import { type VocabularyAnswer, vocabularySize } from '../../../../shared/api/customers.ts'
import { columnNames, isOrderNumber, orderNumber } from '../../../../shared/conditions/customer.ts'
import { balanceName } from '../../../../shared/conditions/ledger.ts'
import { isOwnerName, ownerNameList } from '../../../../shared/conditions/owner.ts'
import {
  type PropertyType,
  propertyTypeOf,
  standardEvent,
} from '../../../../shared/conditions/standard-events.ts'
import { entryOf, isScore, scoreNames } from '../../../../shared/models/scores.ts'
import type { BrandDatabase } from '../database.ts'
import { valueOr } from '../stored-json.ts'
import { readAttributes, readProperties } from './stored.ts'

/** Customers and events that are looked at for examples and names. */
const sampled = 2_000
const eventSample = 200
const mostExamples = 12
/** Of whoever may have customers more are told, so that each can be picked. */
const mostStaff = 200

type Attributes = VocabularyAnswer['attributes']
type Scalar = string | number | boolean

/** Values of each attribute, the most frequent of the sample first. */
class Examples {
  readonly #counts = new Map<string, Map<Scalar, number>>()

  add(name: string, value: unknown): void {
    const counts = this.#counts.get(name) ?? new Map<Scalar, number>()
    this.#counts.set(name, counts)
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return
    if (counts.size < sampled) counts.set(value, (counts.get(value) ?? 0) + 1)
  }

  list(): Attributes {
    return [...this.#counts].map(([name, counts]) => ({
      name,
      examples: [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, mostExamples)
        .map(([value]) => value),
    }))
  }
}

/** Columns that name one person: their values are nobody's examples. */
const personal = new Set(['customer_id', 'name', 'phone', 'email', 'birthday', 'registered_at'])

function attributes(db: BrandDatabase): Attributes {
  const examples = new Examples()
  for (const name of columnNames) examples.add(name, null)
  const rows = db.sqlite
    .prepare<
      [number],
      {
        gender: string | null
        city: string | null
        timezone: string | null
        language: string | null
        attributes: string
      }
    >('select gender, city, timezone, language, attributes from customers order by shard, id limit ?')
    .all(sampled)
  for (const { attributes: own, ...columns } of rows) {
    for (const [name, value] of Object.entries(columns)) if (!personal.has(name)) examples.add(name, value)
    for (const [name, value] of Object.entries(valueOr(readAttributes(own), {}))) examples.add(name, value)
  }
  const owned = ownedBy(db)
  const pointed = pointedBy(db)
  const isOwn = (name: string) =>
    !isScore(name) &&
    !(owned.length > 0 && isOwnerName(name)) &&
    !(pointed.length > 0 && name === balanceName)
  return [...examples.list().filter(({ name }) => isOwn(name)), ...owned, ...pointed, ...scored(db)]
}

/** What the ledger of points says; nothing before it has a line. */
function pointedBy(db: BrandDatabase): Attributes {
  const rows = db.sqlite
    .prepare<[number], number>(
      'select sum(amount) from (select customer_id, amount from points limit ?) group by customer_id',
    )
    .pluck()
    .all(sampled)
  if (rows.length === 0) return []
  return [{ name: balanceName, examples: [...new Set(rows)].slice(0, mostStaff) }]
}

/** Who has customers, whoever they are; nothing before anybody has any. */
function ownedBy(db: BrandDatabase): Attributes {
  if (db.sqlite.prepare<[], number>('select exists (select 1 from owners)').pluck().get() !== 1) return []
  const staff = db.sqlite
    .prepare<
      [number],
      { owner: string; owner_name: string; owner_phone: string | null; owner_team: string | null }
    >(
      `select id as owner, name as owner_name, phone as owner_phone, team as owner_team from staff
       order by active desc, id limit ?`,
    )
    .all(sampled)
  return ownerNameList.map((name) => ({
    name,
    examples: [...new Set(staff.flatMap((one) => one[name] ?? []))].slice(0, mostStaff),
  }))
}

/** What models say: all words of a score's own, else examples; nothing before anybody was scored. */
function scored(db: BrandDatabase): Attributes {
  const examples = new Examples()
  const rows = db.sqlite.prepare<[number], string>('select scores from scores limit ?').pluck().all(sampled)
  for (const text of rows)
    for (const [name, value] of Object.entries(valueOr(readAttributes(text), {}))) examples.add(name, value)
  const found = new Map(examples.list().map((one) => [one.name, one.examples]))
  if (rows.length === 0) return []
  return scoreNames.map((name) => {
    const { words } = entryOf(name)
    return { name, examples: words === undefined ? (found.get(name) ?? []) : Object.keys(words) }
  })
}

function events(db: BrandDatabase): VocabularyAnswer['events'] {
  const named = db.sqlite
    .prepare<[number], { name: string; count: number; lastAt: number }>(
      // A time of another kind than a number is none.
      `select name, count(*) as count, max(iif(typeof(at) = 'integer', at, 0)) as lastAt
       from events group by name order by count desc limit ?`,
    )
    .all(vocabularySize.events)
  const latest = db.sqlite.prepare<[string, number], { properties: string; amount: number | null }>(
    'select properties, amount from events where name = ? order by at desc limit ?',
  )
  return named.map(({ name, count, lastAt }) => {
    const found = new Map<string, Set<PropertyType>>()
    const see = (property: string, type: PropertyType) =>
      found.set(property, (found.get(property) ?? new Set()).add(type))
    if (isOrderNumber(name, orderNumber)) see(orderNumber, 'text')
    for (const row of latest.all(name, eventSample)) {
      if (row.amount !== null) see('amount', 'money')
      for (const [property, value] of Object.entries(valueOr(readProperties(row.properties), {})))
        see(property, propertyTypeOf(value))
    }
    const types = [...found].sort(([one], [other]) => (one < other ? -1 : 1))
    return {
      ...{ name, count, lastAt, standard: standardEvent(name) !== undefined },
      properties: types.map(([property]) => property),
      types: Object.fromEntries(types.map(([property, some]) => [property, [...some].sort()])),
    }
  })
}

/** What conditions may speak of, from this brand's own data; attributes and properties by a sample. */
export function vocabularyOf(db: BrandDatabase): VocabularyAnswer {
  const tags = db.sqlite
    .prepare<[number], { tag: string }>('select distinct tag from tags order by tag limit ?')
    .all(vocabularySize.tags)
  return { attributes: attributes(db), events: events(db), tags: tags.map(({ tag }) => tag) }
}
