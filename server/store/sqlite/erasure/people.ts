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
  /** Imports of which it is on the certificate what goes from their file, whether or not it is gone already. */
  counted: z.array(z.string()).default([]),
})
export type People = z.infer<typeof people>
export type Contact = z.infer<typeof contact>

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
  // Whoever was merged into them is them, under another id.
  const former = sqlite
    .prepare<[string], string>(
      'select id from aliases where customer_id in (select value from json_each(?)) order by id',
    )
    .pluck()
  return (asked) => {
    const ids = [...asked, ...former.all(JSON.stringify(asked))]
    return {
      ids,
      contacts: [
        ...read.all(JSON.stringify(ids)),
        ...ids.map((address) => ({ kind: 'customer' as const, address })),
      ],
      counted: [],
    }
  }
}
