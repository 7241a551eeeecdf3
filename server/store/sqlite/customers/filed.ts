import type { FiledCustomer } from '../../../../shared/api/customer-file.ts'
import { byId } from '../../../../shared/api/customer-sort.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { Placed } from '../../../ports/base.ts'
import type { CustomerFilter } from '../../../ports/customers.ts'
import { isReadable } from '../../../ports/engine.ts'
import type { BrandDatabase } from '../database.ts'
import type { Everybody } from '../entering/everybody.ts'
import { customersReader } from './facts.ts'
import { foundPeople, type PeopleAsked, tagsOf } from './search.ts'

/** The ids of all customers who answer a filter, in their order. Problem `not-found` of an audience. */
export async function filteredIds(
  db: BrandDatabase,
  everybody: Everybody,
  filter: CustomerFilter,
  at: Asked,
): Promise<string[]> {
  const limit = limits.comparedPage.value
  const all: string[] = []
  for (let after: Placed | null = null; ; ) {
    const asked: PeopleAsked = { order: byId, after, limit, at }
    const { found } = await foundPeople(db, everybody, filter, asked)
    for (const { id } of found) all.push(id)
    if (found.length < limit) return all
    after = found.at(-1) ?? null
  }
}

/** Customers by id as a file tells of them, in one query each for them and their tags. */
export function filedReader(db: BrandDatabase): (ids: readonly string[]) => FiledCustomer[] {
  const read = customersReader(db.sqlite)
  return (ids) => {
    const customers = read(ids)
    const tags = tagsOf(db, JSON.stringify(ids))
    return ids.flatMap((id) => {
      const customer = customers.get(id)
      if (customer === undefined) return []
      // What cannot be read of them stands among what cannot be read, and in no file.
      const whole = isReadable(customer) ? customer : { ...customer, attributes: {} }
      return [{ customer: whole, tags: tags.get(id) ?? [] }]
    })
  }
}

/** The names of all attributes that are known. */
export function attributeNames({ sqlite }: BrandDatabase): string[] {
  return sqlite.prepare<[], string>('select name from attributes order by name').pluck().all()
}
