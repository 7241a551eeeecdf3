import type { BrandDatabase } from '../database.ts'
import { aliasReader } from '../persons/aliases.ts'

/** What may say who somebody is. */
export interface CustomerKeys {
  readonly ids: readonly string[]
  /** In the one form in which they are stored. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

export interface KnownKeys {
  /** Id as it is written → who that is by now. */
  readonly ids: ReadonlyMap<string, string>
  /** Address → the customers who have it, by id. */
  readonly phones: ReadonlyMap<string, readonly string[]>
  readonly emails: ReadonlyMap<string, readonly string[]>
}

/** Finds customers by ids and addresses, a batch in one query each. */
export function keyFinder(db: BrandDatabase): (keys: CustomerKeys) => KnownKeys {
  const { sqlite } = db
  const aliases = aliasReader(db)
  const byId = sqlite
    .prepare<[string], string>('select id from customers where id in (select value from json_each(?))')
    .pluck()
  const by = (kind: 'phone' | 'email') =>
    sqlite.prepare<[string], { id: string; address: string }>(
      `select customer_id as id, address from addresses where kind = '${kind}' and former_at is null
         and address in (select value from json_each(?)) order by customer_id`,
    )
  const byPhone = by('phone')
  const byEmail = by('email')
  const owners = (query: typeof byPhone, addresses: readonly string[]) => {
    const found = new Map<string, string[]>()
    if (addresses.length === 0) return found
    for (const { id, address } of query.all(JSON.stringify(addresses))) {
      const ids = found.get(address)
      if (ids === undefined) found.set(address, [id])
      else ids.push(id)
    }
    return found
  }
  const people = (ids: readonly string[]) => {
    const found = new Map<string, string>()
    if (ids.length > 0) for (const id of byId.all(JSON.stringify(ids))) found.set(id, id)
    for (const [id, customer] of aliases(ids)) found.set(id, customer)
    return found
  }
  return ({ ids, phones, emails }) => ({
    ids: people(ids),
    phones: owners(byPhone, phones),
    emails: owners(byEmail, emails),
  })
}
