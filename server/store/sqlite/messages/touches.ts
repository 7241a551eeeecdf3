import type Database from 'better-sqlite3'
import type { Touch } from '../../../../shared/nodes/type.ts'

/** A message that counts towards the caps, and since when it stood in the outbox. */
export interface KnownTouch extends Touch {
  readonly customerId: string
  readonly decidedAt: number
}

interface Row {
  customerId: string
  channel: string
  decidedAt: number
  at: number
}

/**
 * Rule 13: marketing messages to customers, counted by when each was sent or will be: what is queued at the
 * time until which it is put off, but not before `now`.
 */
export function touchesReader(
  sqlite: Database.Database,
): (ids: readonly string[], since: number, now: number) => KnownTouch[] {
  // Only the customer's part of the index helps: how long a message was put off has no bound.
  const read = sqlite.prepare<{ ids: string; since: number; now: number }, Row>(
    `select customer_id as customerId, channel, created_at as decidedAt,
       case status when 'queued' then max(due_at, @now) when 'sending' then max(created_at, @now)
         else coalesce(sent_at, created_at) end as at
     from messages
     where customer_id in (select value from json_each(@ids)) and purpose = 'marketing'
       and status in ('queued', 'sending', 'sent', 'unknown')
       and (status in ('queued', 'sending') or coalesce(sent_at, created_at) > @since)
     order by created_at, id`,
  )
  return (ids, since, now) => read.all({ ids: JSON.stringify(ids), since, now })
}
