import type { BlacklistEntry } from '../../../../shared/api/addresses.ts'
import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import type { Page } from '../../../ports/addresses.ts'
import type { BrandDatabase } from '../database.ts'

interface Row extends BlacklistEntry {
  key: string
}

/** Addresses and ids that nothing goes to, by kind and address. */
export function listBlacklist(
  { sqlite }: BrandDatabase,
  { search = '', after = '', limit }: Page,
): { entries: BlacklistEntry[]; total: number; next: string | null } {
  const text = search.trim()
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const given = {
    like,
    after,
    limit: limit + 1,
    phone: canonicalOrNull('phone', text) ?? text,
    email: canonicalOrNull('email', text) ?? text,
  }
  const found = `channel = '*' and closed_why = 'blacklisted' and closed_at is not null
    and (address like @like escape '\\' or note like @like escape '\\' or address in (@phone, @email))`
  const total = sqlite
    .prepare<typeof given, { count: number }>(`select count(*) as count from address_states where ${found}`)
    .get(given)
  const rows = sqlite
    .prepare<typeof given, Row>(
      `select s.kind || ':' || s.address as key, s.kind, s.address, s.note as reason, s.closed_source as source,
         s.closed_by as "by", s.closed_at as at,
         case s.kind when 'customer' then (select count(*) from customers c where c.id = s.address)
           else (select count(*) from addresses a where a.address = s.address and a.kind = s.kind and a.former_at is null)
         end as customers
       from address_states s where ${found} and s.kind || ':' || s.address > @after order by key limit @limit`,
    )
    .all(given)
  const page = rows.slice(0, limit)
  return {
    entries: page.map(({ key: _key, ...entry }) => entry),
    total: total?.count ?? 0,
    next: rows.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}
