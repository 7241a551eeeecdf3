import { z } from 'zod'
import { addressKinds } from '../../../../shared/channels/address/address.ts'
import type { BrandDatabase } from '../database.ts'
import { nameOf } from '../settings/meta.ts'
import { markOf } from './mark.ts'

const contact = z.object({ kind: z.enum(addressKinds), address: z.string() })

/** Who is to be forgotten, and all by which they are known; it is kept until that is done, and no longer. */
export const people = z.object({
  ids: z.array(z.string()),
  /** Their addresses, former ones among them. */
  contacts: z.array(contact),
})
export type People = z.infer<typeof people>
export type Contact = z.infer<typeof contact>

/** In the place of the id of a customer who was forgotten, the same wherever it stood. */
export const nobody = (erasure: string, index: number): string => `erased-${erasure.slice(0, 8)}-${index + 1}`

/** The name under which the salt of the marks is kept. */
const salt = 'erasure'

export function marker(db: BrandDatabase): (contact: Contact) => string {
  // The database's triggers read the salt as it is kept, which is JSON.
  const key = JSON.stringify(nameOf(db, salt))
  return ({ kind, address }) => markOf(key, kind, address)
}

/** All by which some customers are known now. */
export function peopleReader({ sqlite }: BrandDatabase): (ids: readonly string[]) => People {
  const read = sqlite.prepare<[string], Contact>(
    `select distinct kind, address from addresses where customer_id in (select value from json_each(?))`,
  )
  return (ids) => ({
    ids: [...ids],
    contacts: [
      ...read.all(JSON.stringify(ids)),
      ...ids.map((address) => ({ kind: 'customer' as const, address })),
    ],
  })
}
