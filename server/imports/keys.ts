import type { Origin } from '../../shared/origins/kinds.ts'
import { customerSaver } from '../store/sqlite/customers/customers.ts'
import { type KnownKeys, keyFinder } from '../store/sqlite/customers/keys.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { Refusal } from './reasons.ts'

/** Who a row says that its customer is. Addresses are in the one form in which they are stored. */
export interface Key {
  readonly id: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** The customer of a row; `unknown` where the base has nobody like that. */
export type Resolved = { readonly id: string; readonly by: 'id' | 'address' } | 'unknown' | Refusal

const namedOwners = 3

function byAddress(address: string, owners: readonly string[]): Resolved {
  const [id, ...others] = owners
  if (id === undefined) return 'unknown'
  if (others.length === 0) return { id, by: 'address' }
  const customers = owners.slice(0, namedOwners).join(', ')
  return new Refusal('shared-address', { address, count: owners.length, customers })
}

function resolve(key: Key, known: KnownKeys): Resolved {
  const own = key.id === null ? undefined : known.ids.get(key.id)
  if (own !== undefined) return { id: own, by: 'id' }
  const phones = key.phone === null ? [] : (known.phones.get(key.phone) ?? [])
  const emails = key.email === null ? [] : (known.emails.get(key.email) ?? [])
  if (phones.length === 0) return byAddress(key.email ?? '', emails)
  if (emails.length === 0) return byAddress(key.phone ?? '', phones)
  // Who has both is meant, also where each alone belongs to several.
  const both = phones.filter((id) => emails.includes(id))
  return byAddress(key.email ?? '', both.length > 0 ? both : [...new Set([...emails, ...phones])])
}

/** Finds the customers of a batch: by id, else by an address that one customer alone has. */
export function keyResolver(db: BrandDatabase): (keys: readonly Key[]) => Resolved[] {
  const find = keyFinder(db)
  return (keys) => {
    const present = (part: keyof Key) => [...new Set(keys.flatMap((key) => key[part] ?? []))]
    const known = find({ ids: present('id'), phones: present('phone'), emails: present('email') })
    return keys.map((key) => resolve(key, known))
  }
}

/** The id of a customer who has none but an address. */
export const idOfAddress = ({ email, phone }: Pick<Key, 'email' | 'phone'>): string => email ?? phone ?? ''

export interface NewCustomer extends Key {
  readonly name: string | null
  readonly consentEmail: boolean | null
}

/** Makes customers of what orders say of them, under the order's id of the customer, else under the address. */
export function customerMaker(db: BrandDatabase, source: 'file' | 'api' = 'file') {
  const save = customerSaver(db, { source })
  return (
    customers: readonly NewCustomer[],
    now: number,
    origin: Origin,
  ): { ids: string[]; created: number } => {
    const patches = customers.map(({ id, name, phone, email, consentEmail }) => ({
      id: id ?? idOfAddress({ phone, email }),
      ...(name === null ? {} : { name }),
      ...(phone === null ? {} : { phone }),
      ...(email === null ? {} : { email }),
      ...(consentEmail === null ? {} : { consentEmail }),
      attributes: {},
    }))
    const saved = save(patches, now, origin)
    return {
      ids: patches.map(({ id }) => id),
      created: saved.filter((one) => one === 'imported').length,
    }
  }
}
