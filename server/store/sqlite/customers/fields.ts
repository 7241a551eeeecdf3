import type { AttributeEntry, AttributeList, UnreadableList } from '../../../../shared/api/attributes.ts'
import type { KnownAttributes } from '../../../../shared/compile/index.ts'
import { type Customer, columnNames, declaredOf } from '../../../../shared/conditions/customer.ts'
import type { OwnerName } from '../../../../shared/conditions/owner.ts'
import { type Declared, readAs, types, unreadableWords } from '../../../../shared/conditions/types/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { isScore, scoreNames } from '../../../../shared/models/scores.ts'
import type { AttributeSurvey } from '../../../ports/customers.ts'
import type { BrandDatabase } from '../database.ts'
import { lastRunOf } from '../models/last-run.ts'
import { valueOr } from '../stored-json.ts'
import { attributeTypesReader, readBy } from './attributes.ts'
import { readAttributes } from './stored.ts'
import { vocabularyOf } from './vocabulary.ts'

const column = (name: string) => (name === 'customer_id' ? 'id' : name)

/** How many customers there are, and how many have each of the product's own columns. */
function columnCounts({ sqlite }: BrandDatabase): { customers: number; filled: ReadonlyMap<string, number> } {
  const counts = columnNames.map((name) => `count(${column(name)})`).join(', ')
  const row = sqlite.prepare<[], number[]>(`select count(*), ${counts} from customers`).raw().get() ?? []
  return {
    customers: row[0] ?? 0,
    filled: new Map(columnNames.map((name, index) => [name, row[index + 1] ?? 0])),
  }
}

/** How many customers have each score, as they were counted last; none before anybody was scored. */
function scoreCounts(db: BrandDatabase): ReadonlyMap<string, number> {
  const run = lastRunOf(db)
  if (run === null) return new Map()
  const counts = new Map(
    run.models.flatMap(({ distributions }) =>
      distributions.map(({ score, customers }) => [score, customers]),
    ),
  )
  return new Map(scoreNames.map((name) => [name, counts.get(name) ?? 0]))
}

/**
 * Of how many customers it is known who has them; none before anybody has any. A name under which the brand keeps an
 * attribute of its own is left to that.
 */
function ownerCounts({ sqlite }: BrandDatabase): ReadonlyMap<string, number> {
  if (sqlite.prepare<[], number>('select exists (select 1 from owners)').pluck().get() !== 1) return new Map()
  const [owner = 0, name = 0, phone = 0, team = 0] =
    sqlite
      .prepare<[], number[]>(
        `select count(*), count(s.name), count(s.phone), count(s.team) from owners o
           join staff s on s.id = o.staff where o.until is null`,
      )
      .raw()
      .get() ?? []
  const counts = { owner, owner_name: name, owner_phone: phone, owner_team: team } satisfies Record<
    OwnerName,
    number
  >
  const own = new Set(sqlite.prepare<[], string>('select name from attributes').pluck().all())
  return new Map(Object.entries(counts).filter(([of]) => !own.has(of)))
}

interface Row {
  name: string
  chosen: number
  filled: number
  unreadable: number
}

/** All fields that customers have, the product's own first. */
export function attributeListOf(db: BrandDatabase): AttributeList {
  const { customers, filled: held } = columnCounts(db)
  const reckoned = new Map([...scoreCounts(db), ...ownerCounts(db)])
  const filled = new Map<string, number>([...held, ...reckoned])
  const declared = attributeTypesReader(db.sqlite)()
  const rows = new Map(
    db.sqlite
      .prepare<[], Row>('select name, chosen, filled, unreadable from attributes order by name')
      .all()
      .map((row) => [row.name, row]),
  )
  const examples = new Map(vocabularyOf(db).attributes.map((one) => [one.name, one.examples]))
  const entry = (name: string, builtIn: boolean): AttributeEntry => {
    const row = rows.get(name)
    const type = declaredOf(declared, name)
    return {
      name,
      type: type?.type ?? null,
      format: type?.format ?? null,
      builtIn,
      chosen: row?.chosen === 1,
      filled: builtIn ? (filled.get(name) ?? 0) : (row?.filled ?? 0),
      unreadable: row?.unreadable ?? 0,
      examples: (examples.get(name) ?? []).slice(0, 5),
    }
  }
  const own = [...new Set([...rows.keys(), ...examples.keys()])].filter(
    (name) => !columnNames.includes(name) && !isScore(name) && !reckoned.has(name),
  )
  return {
    customers,
    attributes: [
      ...[...columnNames, ...reckoned.keys()].map((name) => entry(name, true)),
      ...own.map((name) => entry(name, false)),
    ],
  }
}

/** What the check holds conditions and triggers against. */
export function knownAttributes(db: BrandDatabase): KnownAttributes {
  const { customers, filled } = columnCounts(db)
  const rows = db.sqlite.prepare<[], Row>('select name, chosen, filled, unreadable from attributes').all()
  return {
    ...attributeTypesReader(db.sqlite)(),
    customers,
    filled: Object.fromEntries([
      ...rows.map(({ name, ...row }) => [name, { filled: row.filled, unreadable: row.unreadable }] as const),
      ...[...filled].map(([name, count]) => [name, { filled: count, unreadable: 0 }] as const),
    ]),
  }
}

/** Problems `not-found`, `attribute-built-in`, `attribute-format`. */
export function surveyAttribute(db: BrandDatabase, name: string, chosen: Declared | null): AttributeSurvey {
  if (columnNames.includes(name) || isScore(name) || ownerCounts(db).has(name))
    throw new Problem('attribute-built-in', { name }, 'name')
  const known = attributeListOf(db).attributes.find((one) => one.name === name)
  if (known === undefined) throw new Problem('not-found', { what: name }, 'name')
  const allowed: readonly string[] = chosen === null ? [] : types[chosen.type].formats
  if (chosen !== null && chosen.format !== null && !allowed.includes(chosen.format))
    throw new Problem('attribute-format', { name, format: chosen.format }, 'format')
  return { ...readBy(db, name, chosen), counted: known.filled }
}

interface Declaring {
  readonly chosen: boolean
  readonly survey: AttributeSurvey
  readonly now: number
}

/** Declares what an attribute holds, or gives the choice back to its values, as they were surveyed. */
export function declareAttribute(
  { sqlite }: BrandDatabase,
  name: string,
  { chosen, survey, now }: Declaring,
): void {
  const { declared, counted, unreadable } = survey
  const standing = sqlite
    .prepare<[string], number>('select filled from attributes where name = ?')
    .pluck()
    .get(name)
  const filled = survey.filled + ((standing ?? counted) - counted)
  if (filled <= 0 && !chosen) {
    sqlite.prepare('delete from attributes where name = ?').run(name)
    return
  }
  sqlite
    .prepare(
      `insert into attributes (name, type, format, chosen, filled, unreadable, updated_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do update set type = excluded.type, format = excluded.format, chosen = excluded.chosen,
         filled = excluded.filled, unreadable = excluded.unreadable, updated_at = excluded.updated_at`,
    )
    .run(name, declared.type, declared.format, chosen ? 1 : 0, filled, unreadable, now)
}

interface Holder {
  id: string
  name: string | null
  attributes: string
}

/** Customers by id whose value of an attribute cannot be read as its type has it, with the reason. */
export function unreadableValues(
  db: BrandDatabase,
  name: string,
  { after = '', limit }: { readonly after?: string | undefined; readonly limit: number },
): UnreadableList {
  const known = attributeTypesReader(db.sqlite)()
  const declared = declaredOf(known, name)
  const rows = db.sqlite.prepare<[string, string], Holder>(
    'select id, name, attributes from customers where id > ? and instr(attributes, ?) > 0 order by id',
  )
  const values: UnreadableList['values'] = []
  if (declared === null || columnNames.includes(name)) return { values, next: null }
  for (const row of rows.iterate(after, JSON.stringify(name))) {
    const held: Customer['attributes'] = valueOr(readAttributes(row.attributes), {})
    const value = Object.hasOwn(held, name) ? held[name] : undefined
    const reading = value === undefined ? null : readAs(declared, value, known)
    if (value === undefined || reading === null || reading.ok) continue
    if (values.length === limit) return { values, next: values.at(-1)?.id ?? null }
    const { reason: code } = reading
    values.push({ id: row.id, customer: row.name, value, code, reason: unreadableWords[code] })
  }
  return { values, next: null }
}
