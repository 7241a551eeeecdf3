import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import { keptKindOf } from '../../../../shared/message/standing.ts'
import type { BrandDatabase } from '../database.ts'

/**
 * The customer whose an address is on a channel: of several the one that was written to there last, as a
 * reply answers what was read last. null: nobody bears it.
 */
export function bearerOf({ sqlite }: BrandDatabase, told: string, channel: string): string | null {
  const kind = keptKindOf(channel)
  const address = canonicalOrNull(kind, told)
  if (address === null) return null
  if (kind === 'customer')
    return (
      sqlite.prepare<[string], { id: string }>('select id from customers where id = ?').get(address)?.id ??
      null
    )
  const row = sqlite
    .prepare<{ kind: string; address: string; channel: string }, { id: string }>(
      `select a.customer_id as id from addresses a
       where a.address = @address and a.kind = @kind
       order by a.former_at is not null, (select max(m.id) from messages m where m.customer_id = a.customer_id
         and m.channel = @channel and m.recipient = @address) desc, a.customer_id limit 1`,
    )
    .get({ kind, address, channel })
  return row?.id ?? null
}
