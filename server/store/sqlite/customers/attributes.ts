import type Database from 'better-sqlite3'
import { z } from 'zod'
import type { AttributeTypes, Value } from '../../../../shared/conditions/customer.ts'
import {
  attributeTypes,
  ColumnSample,
  type Declared,
  formats,
  type ReadingContext,
  readAs,
} from '../../../../shared/conditions/types/index.ts'
import { brandSchema } from '../../../../shared/journey/brand.ts'
import type { BrandDatabase } from '../database.ts'
import { firstReading } from '../entering/first-reading.ts'
import { readBrand, readMeta, writeMeta } from '../settings/meta.ts'
import { wholly } from '../span.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { readAttributes } from './stored.ts'

const declaredRow = z.object({ type: z.enum(attributeTypes), format: z.enum(formats).nullable() })

/** Rows whose type is one that we know; a field whose type is not is read as if none were declared. */
function declaredIn<Row extends { name: string; type: string; format: string | null }>(
  rows: readonly Row[],
): (readonly [name: string, type: Declared, row: Row])[] {
  return rows.flatMap((row) => {
    const { data } = declaredRow.safeParse({ type: row.type, format: row.format })
    return data === undefined ? [] : [[row.name, data, row] as const]
  })
}

/** The declared types of the brand's attributes, with what their reading depends on, as they are now. */
export function attributeTypesReader(sqlite: Database.Database): () => AttributeTypes {
  const rows = sqlite.prepare<[], { name: string; type: string; format: string | null }>(
    'select name, type, format from attributes',
  )
  const brand = sqlite.prepare<[], { value: string }>(`select value from meta where key = 'brand'`)
  const place = z.object({ zone: brandSchema.shape.zone, currency: brandSchema.shape.currency })
  return () => {
    const stored = brand.get()
    const { zone, currency } =
      stored === undefined ? place.parse({}) : valueOr(readColumn(stored.value, place), place.parse({}))
    const of = Object.fromEntries(declaredIn(rows.all()))
    return { zone, currency, of }
  }
}

interface Known extends Declared {
  readonly chosen: boolean
}

function knownTypes({ sqlite }: BrandDatabase): Map<string, Known> {
  const rows = sqlite
    .prepare<[], { name: string; type: string; format: string | null; chosen: number }>(
      'select name, type, format, chosen from attributes',
    )
    .all()
  return new Map(
    declaredIn(rows).map(([name, type, { chosen }]) => [name, { ...type, chosen: chosen === 1 }]),
  )
}

/** Each attribute of each customer who has any. */
function* storedValues({ sqlite }: BrandDatabase): Generator<readonly [name: string, value: Value]> {
  const rows = sqlite.prepare<[], string>(`select attributes from customers where attributes <> '{}'`).pluck()
  for (const text of rows.iterate()) yield* Object.entries(valueOr(readAttributes(text), {}))
}

class Count {
  filled = 0
  unreadable = 0
}

/** Of a change also how many more customers have the attribute, whatever it says. */
class Change extends Count {
  bearers = 0
}

/** A type with what came of reading every value by it. */
interface Counted extends Known, Readonly<Count> {}

/** How much of the values a proposal must still read, to stand although another speaks louder now. */
const enough = 0.5

/** The type that stands: what a person chose; else the earlier proposal while it still reads the values. */
function standing(known: Counted | undefined, fresh: Counted): Counted {
  if (known === undefined || known.chosen) return known ?? fresh
  if (known.type === 'text' || known.unreadable > known.filled * enough) return fresh
  return known.type === fresh.type && known.format === null ? fresh : known
}

/** Reads every value by each of the types that are thought of for its attribute. */
function counted(
  db: BrandDatabase,
  candidates: ReadonlyMap<string, readonly Known[]>,
): Map<string, Counted[]> {
  const { zone, currency } = readBrand(db)
  const counts = new Map([...candidates].map(([name, types]) => [name, types.map(() => new Count())]))
  for (const [name, value] of storedValues(db))
    for (const [index, declared] of (candidates.get(name) ?? []).entries()) {
      const count = counts.get(name)?.[index]
      if (count === undefined) continue
      const reading = readAs(declared, value, { zone, currency })
      if (!reading.ok) count.unreadable += 1
      if (!reading.ok || reading.value !== null) count.filled += 1
    }
  return new Map(
    [...candidates].map(([name, types]) => [
      name,
      types.map((one, index) => ({ ...one, filled: 0, unreadable: 0, ...counts.get(name)?.[index] })),
    ]),
  )
}

/**
 * Looks at all values of all attributes, or of some: proposes a type where no person has chosen one, and counts what
 * can be read. After an import, and once over a folder that an earlier release left.
 */
export function surveyAttributes(db: BrandDatabase, now: number, only?: ReadonlySet<string>): void {
  const asked = (name: string) => only === undefined || only.has(name)
  const known = new Map([...knownTypes(db)].filter(([name]) => asked(name)))
  const samples = new Map<string, ColumnSample>()
  for (const [name, value] of storedValues(db)) {
    if (!asked(name)) continue
    const sample = samples.get(name) ?? new ColumnSample()
    samples.set(name, sample)
    sample.see(value)
  }
  const candidates = new Map(
    [...new Set([...known.keys(), ...samples.keys()])].map((name) => {
      const proposed = samples.get(name)?.declared(name) ?? { type: 'text' as const, format: null }
      const fresh: Known = { ...proposed, chosen: false }
      const before = known.get(name)
      return [name, before === undefined ? [fresh] : [fresh, before]]
    }),
  )
  const results = counted(db, candidates)
  const write = db.sqlite.prepare(
    `insert into attributes (name, type, format, chosen, filled, unreadable, updated_at) values (?, ?, ?, ?, ?, ?, ?)
     on conflict do update set type = excluded.type, format = excluded.format, chosen = excluded.chosen,
       filled = excluded.filled, unreadable = excluded.unreadable, updated_at = excluded.updated_at`,
  )
  const remove = db.sqlite.prepare('delete from attributes where name = ?')
  db.sqlite.transaction(() => {
    for (const [name, [fresh, before]] of results) {
      if (fresh === undefined) continue
      const { type, format, chosen, filled, unreadable } = standing(before, fresh)
      if (!chosen && !samples.has(name)) remove.run(name)
      else write.run(name, type, format, chosen ? 1 : 0, filled, unreadable, now)
    }
    writeMeta(db, surveyed, true)
  })()
}

/** What all values of one attribute come to, read by a type, or by the one that they propose. */
export function readBy(
  db: BrandDatabase,
  name: string,
  chosen: Declared | null,
): { readonly declared: Declared; readonly filled: number; readonly unreadable: number } {
  const sample = new ColumnSample()
  if (chosen === null) for (const [one, value] of storedValues(db)) if (one === name) sample.see(value)
  const declared = chosen ?? sample.declared(name)
  const [count] = counted(db, new Map([[name, [{ ...declared, chosen: chosen !== null }]]])).get(name) ?? []
  return { declared, filled: count?.filled ?? 0, unreadable: count?.unreadable ?? 0 }
}

/** A column may be called as what every object has: constructor, toString. */
const ownValue = (values: Readonly<Record<string, Value | null>>, name: string): Value | null =>
  Object.hasOwn(values, name) ? (values[name] ?? null) : null

/** Counts what a file or a call changes of attributes by the types that it is read by, so that nobody else is read again. */
export class AttributeTally {
  #counts = new Map<string, Change>()
  readonly #types: Readonly<Record<string, Declared>>
  readonly #context: ReadingContext

  constructor(types: Readonly<Record<string, Declared>>, context: ReadingContext) {
    this.#types = types
    this.#context = context
  }

  changed(said: Readonly<Record<string, Value | null>>, before: string | null): void {
    const old: Readonly<Record<string, Value>> = before === null ? {} : valueOr(readAttributes(before), {})
    for (const name in said) {
      const was = ownValue(old, name)
      const is = ownValue(said, name)
      if (was === is) continue
      const count = this.#counts.get(name) ?? new Change()
      this.#counts.set(name, count)
      count.bearers += (is === null ? 0 : 1) - (was === null ? 0 : 1)
      if (was !== null) this.#add(count, name, was, -1)
      if (is !== null) this.#add(count, name, is, 1)
    }
  }

  #add(count: Count, name: string, value: Value, sign: 1 | -1): void {
    const reading = readAs(this.typeOf(name), value, this.#context)
    if (!reading.ok) count.unreadable += sign
    if (!reading.ok || reading.value !== null) count.filled += sign
  }

  typeOf(name: string): Declared {
    const own = Object.hasOwn(this.#types, name) ? this.#types[name] : undefined
    return own ?? { type: 'text', format: null }
  }

  /** What has changed since it was last asked. */
  drain(): ReadonlyMap<string, Readonly<Change>> {
    const counts = this.#counts
    this.#counts = new Map()
    return counts
  }
}

/**
 * Keeps what a file was read by and what it has changed so far, batch by batch, so that nothing is missed where an
 * import ends early. After the last batch all values are read again of those attributes alone whose type is another
 * than they were counted by, or of which most cannot be read now.
 */
export function tallyKeeper(
  db: BrandDatabase,
  tally: AttributeTally,
  chosen: ReadonlySet<string>,
  now: number,
): { keep(): void; end(): void } {
  const counts = db.sqlite.prepare<[string], Count>(
    'select filled, unreadable from attributes where name = ?',
  )
  const write = db.sqlite.prepare('update attributes set filled = ?, unreadable = ? where name = ?')
  const known = knownTypes(db)
  const seen = new Set<string>()
  const otherwise = (name: string, { type, format }: Declared) => {
    const before = known.get(name)
    return before !== undefined && (before.type !== type || before.format !== format)
  }
  const spoilt = (name: string) => {
    const { filled, unreadable } = counts.get(name) ?? new Count()
    const free = known.get(name)?.chosen !== true && !chosen.has(name)
    return free && tally.typeOf(name).type !== 'text' && unreadable > filled * enough
  }
  const keep = wholly(db, () => {
    const changes = [...tally.drain()]
    const fresh = changes.flatMap(([name]) => (seen.has(name) ? [] : [[name, tally.typeOf(name)] as const]))
    declareTypes(db, Object.fromEntries(fresh), chosen, now)
    for (const [name, change] of changes) {
      if (!seen.has(name) && !known.has(name)) firstReading(db, name, tally.typeOf(name), change.bearers)
      seen.add(name)
      const { filled, unreadable } = counts.get(name) ?? new Count()
      write.run(filled + change.filled, unreadable + change.unreadable, name)
    }
  })
  return {
    keep,
    end() {
      keep()
      const anew = [...seen].filter((name) => otherwise(name, tally.typeOf(name)) || spoilt(name))
      if (anew.length > 0) surveyAttributes(db, now, new Set(anew))
    },
  }
}

/** Types that a person chose, by attribute. */
export function chosenTypes(db: BrandDatabase): Readonly<Record<string, Declared>> {
  return Object.fromEntries(
    [...knownTypes(db)].flatMap(([name, { type, format, chosen }]) =>
      chosen ? [[name, { type, format }]] : [],
    ),
  )
}

/**
 * Keeps the types by which a file's columns were read. What a person chose stays, but for what one chooses
 * anew with this file.
 */
export function declareTypes(
  { sqlite }: BrandDatabase,
  types: Readonly<Record<string, Declared>>,
  chosen: ReadonlySet<string>,
  now: number,
): void {
  const write = sqlite.prepare(
    `insert into attributes (name, type, format, chosen, filled, unreadable, updated_at) values (?, ?, ?, ?, 0, 0, ?)
     on conflict do update set type = excluded.type, format = excluded.format, chosen = excluded.chosen,
       updated_at = excluded.updated_at where excluded.chosen = 1 or attributes.chosen = 0`,
  )
  sqlite.transaction(() => {
    for (const [name, { type, format }] of Object.entries(types))
      write.run(name, type, format, chosen.has(name) ? 1 : 0, now)
  })()
}

const surveyed = 'attributes-surveyed'

/** Proposes types for a folder of a release that knew none; its values keep comparing as they did. */
export function surveyUnlessDone(db: BrandDatabase): void {
  if (readMeta(db, surveyed) === undefined) surveyAttributes(db, 0)
}
