import type { BlacklistEntry } from '../../../../shared/api/addresses.ts'
import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import type { BlacklistPage } from '../../../ports/addresses.ts'
import type { BrandDatabase } from '../database.ts'

/** Where a page begins: behind the last entry of the one before. */
function placeOf(after: string): { kind: string; address: string } {
  const at = after.indexOf(':')
  return at < 0 ? { kind: after, address: '' } : { kind: after.slice(0, at), address: after.slice(at + 1) }
}

/** Addresses and ids that nothing goes to, by kind and address; `total` of all where it is asked for. */
export function listBlacklist(
  { sqlite }: BrandDatabase,
  { search = '', wholeContacts = false, after = '', limit, counted = true }: BlacklistPage,
): { entries: BlacklistEntry[]; total: number; next: string | null } {
  const text = search.trim()
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const given = {
    like,
    ...placeOf(after),
    limit: limit + 1,
    phone: canonicalOrNull('phone', text) ?? text,
    email: canonicalOrNull('email', text) ?? text,
  }
  const found = `channel = '*' and closed_why = 'blacklisted' and closed_at is not null
    and ((${wholeContacts ? `kind = 'customer' and ` : ''}address like @like escape '\\') or note like @like escape '\\' or address in (@phone, @email))`
  const total = sqlite
    .prepare<typeof given, number>(`select count(*) from address_states where ${found}`)
    .pluck()
  const rows = sqlite
    .prepare<typeof given, BlacklistEntry>(
      `select s.kind, s.address, s.note as reason, s.closed_source as source,
         s.closed_by as "by", s.closed_at as at,
         case s.kind when 'customer' then (select count(*) from customers c where c.id = s.address)
           else (select count(*) from addresses a where a.address = s.address and a.kind = s.kind and a.former_at is null)
         end as customers
       from address_states s where ${found} and (s.kind, s.address) > (@kind, @address)
       order by s.kind, s.address limit @limit`,
    )
    .all(given)
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return {
    entries,
    total: counted ? (total.get(given) ?? 0) : entries.length,
    next: rows.length > limit && last !== undefined ? `${last.kind}:${last.address}` : null,
  }
}
