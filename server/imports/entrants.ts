import type { CustomerEvent, Properties } from '../../shared/conditions/customer.ts'
import { listEvent } from '../../shared/run/enter.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { comingWriter } from '../store/sqlite/entering/coming.ts'
import { type CellFault, cellFor, cellValue, idReader, optional, type RowContext } from './cells.ts'
import { propertiesReader } from './extras.ts'
import { idOfAddress, type Key, keyResolver } from './keys.ts'
import { Refusal } from './reasons.ts'
import { readEmail, readId, readPhone } from './values.ts'

/** Where a list of customers is let in: a journey, or an audience that is a list. */
export type EntrantsInto =
  | {
      readonly journeyId: string
      /** The trigger for it. */
      readonly node: string
      /** Of the file, so that the same customer may come by another one. */
      readonly list: string
    }
  | {
      readonly audience: string
      /** Whom the file does not name is taken out. */
      readonly replace?: boolean
    }

export interface SavedEntrant {
  /** `unchanged`: in the list already. */
  readonly outcome: 'imported' | 'unchanged' | Refusal
  readonly byAddress: boolean
  readonly faults: readonly CellFault[]
}

interface Read {
  readonly key: Key | Refusal
  readonly properties: Properties
  readonly faults: readonly CellFault[]
}

function entrantReader(context: RowContext): (cells: readonly string[]) => Read {
  const id = cellFor('customer_id', idReader(readId, context.rounded), context)
  const phone = cellFor('phone', readPhone, context)
  const email = cellFor('email', readEmail, context)
  const extras = propertiesReader(context)
  return (cells) => {
    const faults: CellFault[] = []
    const customer = cellValue(id, cells)
    const said = {
      id: customer instanceof Refusal ? null : (customer ?? null),
      phone: optional(phone, cells, faults) ?? null,
      email: optional(email, cells, faults) ?? null,
    }
    const bare = said.id === null && said.phone === null && said.email === null
    const key = customer instanceof Refusal ? customer : bare ? new Refusal('no-key') : said
    return { key, properties: extras([cells], faults), faults }
  }
}

/** Lets one customer in, the first, the second and so on, with what else the file says; false: is in already. */
type LetIn = (customerId: string, count: number, properties: Properties) => boolean

function letterInto({ sqlite }: BrandDatabase, into: EntrantsInto, now: number): LetIn {
  if ('audience' in into) {
    const put = sqlite.prepare(
      'insert or ignore into audience_members (audience, customer_id, at) values (?, ?, ?)',
    )
    return (customerId) => put.run(into.audience, customerId, now).changes > 0
  }
  const { journeyId, node, list } = into
  const note = comingWriter(sqlite)
  return (customerId, count, properties) => {
    const event: CustomerEvent = {
      id: `${list} ${count}`,
      name: listEvent,
      at: now,
      amount: null,
      properties,
    }
    note([{ journeyId, node, customerId, cause: `list ${list}`, dueAt: now, event }], now)
    return true
  }
}

/** So many are taken out of a list in one transaction. */
const slice = 2_000

/**
 * Takes out of a list that a file replaces whom it has not named, some at a time. A file in which nobody was found is the
 * wrong one, and leaves the list as it is.
 */
export function* othersOut(
  { sqlite }: BrandDatabase,
  into: EntrantsInto,
  named: ReadonlySet<string>,
): Generator<() => number> {
  if (!('audience' in into) || into.replace !== true || named.size === 0) return
  const members = sqlite
    .prepare<[string], string>('select customer_id from audience_members where audience = ?')
    .pluck()
    .all(into.audience)
  const others = members.filter((id) => !named.has(id))
  const remove = sqlite.prepare(
    'delete from audience_members where audience = ? and customer_id in (select value from json_each(?))',
  )
  for (let from = 0; from < others.length; from += slice)
    yield () => remove.run(into.audience, JSON.stringify(others.slice(from, from + slice))).changes
}

/**
 * Notes who a list names for the journey or the audience, with the other columns as what is known at entry. Strangers are refused,
 * and so is whoever is named again.
 */
export function entrantSaver(
  db: BrandDatabase,
  context: RowContext,
  { into, named, now }: { readonly into: EntrantsInto; readonly named: Set<string>; readonly now: number },
): (rows: readonly (readonly string[])[]) => SavedEntrant[] {
  const read = entrantReader(context)
  const resolve = keyResolver(db)
  const letIn = letterInto(db, into, now)
  let count = 0

  const outcomeOf = (key: Key, found: ReturnType<typeof resolve>[number] | undefined, known: Read) => {
    if (found === undefined || found === 'unknown')
      return new Refusal('unknown-customer', { customer: key.id ?? idOfAddress(key) })
    if (found instanceof Refusal) return found
    if (named.has(found.id)) return new Refusal('entrant-twice', { customer: found.id })
    named.add(found.id)
    count += 1
    return letIn(found.id, count, known.properties) ? ('imported' as const) : ('unchanged' as const)
  }

  return (rows) => {
    const readings = rows.map(read)
    const keys = readings.flatMap(({ key }) => (key instanceof Refusal ? [] : [key]))
    const found = new Map(resolve(keys).map((one, index) => [keys[index], one]))
    return readings.map((reading) => {
      const { key, faults } = reading
      if (key instanceof Refusal) return { outcome: key, byAddress: false, faults }
      const one = found.get(key)
      const byAddress = typeof one === 'object' && !(one instanceof Refusal) && one.by === 'address'
      return { outcome: outcomeOf(key, one, reading), byAddress, faults }
    })
  }
}
