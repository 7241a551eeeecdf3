import type { IdentifierRef } from '../../../../shared/api/persons.ts'
import { maskEmail, maskPhone } from '../../../../shared/channels/address/mask.ts'
import type { Bearer } from '../../../../shared/persons/judge.ts'
import { isAddress } from '../../../../shared/persons/kinds.ts'
import type { Found } from '../../../ports/persons.ts'
import type { BrandDatabase } from '../database.ts'

interface BearerRow {
  customerId: string
  name: string | null
  verified: number
  lastSeen: number
}

const shownOfValue = 4

/** Enough of an identifier to know it again. */
export function hintOf({ kind, value }: Pick<IdentifierRef, 'kind' | 'value'>): string {
  if (kind === 'phone') return maskPhone(value) ?? ''
  if (kind === 'email') return maskEmail(value) ?? ''
  return value.length <= shownOfValue ? value : `…${value.slice(-shownOfValue)}`
}

/** Bearers are told apart from a household by a few; nobody reads a thousand of them. */
const mostBearers = 50

/** Who bears identifiers: of an address whoever has it now, of any other kind the one whose it is. */
export function bearerReader({ sqlite }: BrandDatabase) {
  const ofAddress = sqlite.prepare<[string, string, number], BearerRow>(
    `select a.customer_id as customerId, c.name, a.verified_at is not null as verified,
       coalesce(a.verified_at, a.added_at) as lastSeen
     from addresses a join customers c on c.id = a.customer_id
     where a.kind = ? and a.address = ? and a.former_at is null order by a.customer_id limit ?`,
  )
  const ofOther = sqlite.prepare<[string, string, string], BearerRow>(
    `select i.customer_id as customerId, c.name, i.verified, i.last_seen as lastSeen
     from identifiers i join customers c on c.id = i.customer_id where i.kind = ? and i.scope = ? and i.value = ?`,
  )
  const read = ({ kind, scope, value }: IdentifierRef): Bearer[] => {
    const rows = isAddress(kind) ? ofAddress.all(kind, value, mostBearers) : ofOther.all(kind, scope, value)
    return rows.map(({ verified, ...row }) => ({ ...row, verified: verified === 1 }))
  }
  return {
    read,
    find(identifier: IdentifierRef): Found {
      const [one, another] = read(identifier)
      if (one === undefined) return 'unknown'
      return another === undefined ? { id: one.customerId } : 'shared'
    },
  }
}
