import type { BrandDatabase } from '../database.ts'

/** What may say who somebody is. */
export interface CustomerKeys {
  readonly ids: readonly string[]
  /** In the one form in which they are stored. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

export interface KnownKeys {
  readonly ids: ReadonlySet<string>
  /** Address → the customers who have it, by id. */
  readonly phones: ReadonlyMap<string, readonly string[]>
  readonly emails: ReadonlyMap<string, readonly string[]>
}

/** Finds customers by ids and addresses, a batch in one query each. */
export function keyFinder({ sqlite }: BrandDatabase): (keys: CustomerKeys) => KnownKeys {
  const byId = sqlite.prepare<[string], { id: string }>(
    'select id from customers where id in (select value from json_each(?))',
  )
  const by = (column: 'phone' | 'email') =>
    sqlite.prepare<[string], { id: string; address: string }>(
      `select id, ${column} as address from customers
       where ${column} in (select value from json_each(?)) order by id`,
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
  return ({ ids, phones, emails }) => ({
    ids: new Set(ids.length === 0 ? [] : byId.all(JSON.stringify(ids)).map(({ id }) => id)),
    phones: owners(byPhone, phones),
    emails: owners(byEmail, emails),
  })
}

/** Addresses that several customers have: the first of them, and how many there are. */
export interface SharedAddresses {
  readonly count: number
  readonly addresses: readonly { readonly address: string; readonly customers: readonly string[] }[]
}

/** Customers of one address that are named. */
const namedOwners = 5

export function sharedAddresses({ sqlite }: BrandDatabase, limit: number): SharedAddresses {
  const shared = (['phone', 'email'] as const).flatMap((column) =>
    sqlite
      .prepare<[], { address: string; ids: string }>(
        `select ${column} as address, json_group_array(id) as ids from customers
         where ${column} is not null group by ${column} having count(*) > 1`,
      )
      .all(),
  )
  const addresses = shared.slice(0, limit).map(({ address, ids }) => {
    const customers: string[] = JSON.parse(ids)
    return { address, customers: customers.toSorted().slice(0, namedOwners) }
  })
  return { count: shared.length, addresses }
}
