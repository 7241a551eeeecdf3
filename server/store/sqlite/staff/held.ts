import type Database from 'better-sqlite3'
import { isOwnerName } from '../../../../shared/conditions/owner.ts'

type Attributes = Readonly<Record<string, string | number | boolean>>

interface Row {
  readonly customerId: string
  readonly owner: string
  readonly name: string
  readonly phone: string | null
  readonly team: string | null
}

const attributesOf = ({ owner, name, phone, team }: Row): Attributes => ({
  owner,
  owner_name: name,
  ...(phone === null ? {} : { owner_phone: phone }),
  ...(team === null ? {} : { owner_team: team }),
})

/** Who has customers, in one query; in none where nobody was ever given to anybody. null: nobody has them. */
export function ownersReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (id: string) => Attributes | null {
  const any = sqlite.prepare<[], number>('select exists (select 1 from owners)').pluck()
  const read = sqlite.prepare<[string], Row>(
    `select o.customer_id as customerId, s.id as owner, s.name, s.phone, s.team
     from owners o join staff s on s.id = o.staff
     where o.until is null and o.customer_id in (select value from json_each(?))`,
  )
  const nobody = () => null
  return (ids) => {
    if (any.get() !== 1) return nobody
    const found = new Map(read.all(JSON.stringify(ids)).map((row) => [row.customerId, attributesOf(row)]))
    return (id) => found.get(id) ?? null
  }
}

/** A customer's own attributes, and who has the customer in place of any of the same name. */
export function withOwner(own: Attributes, owner: Attributes | null): Attributes {
  if (owner === null) return own
  const owned = Object.keys(owner).some(isOwnerName)
  const kept = Object.entries(own).filter(([name]) => !(owned && isOwnerName(name)))
  return { ...Object.fromEntries(kept), ...owner }
}
