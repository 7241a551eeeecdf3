import type { FiledCustomer } from '../../../../shared/api/customer-file.ts'
import type { Asked } from '../../../ports/audiences.ts'
import type { CustomerFilter } from '../../../ports/customers.ts'
import { isReadable } from '../../../ports/engine.ts'
import type { BrandDatabase } from '../database.ts'
import { customersReader } from './facts.ts'
import { filterOf, tagsOf } from './search.ts'

/** The ids of all customers who answer a filter, in their order. Problem `not-found` of an audience. */
export function filteredIds(db: BrandDatabase, filter: CustomerFilter, at: Asked): string[] {
  const { sql, values } = filterOf(db, filter, at)
  return db.sqlite
    .prepare<unknown[], string>(`select c.id from customers c where ${sql} order by c.id`)
    .pluck()
    .all(...values)
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
