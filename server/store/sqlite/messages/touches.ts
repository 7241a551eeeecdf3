import type Database from 'better-sqlite3'
import type { MessageToOther } from '../../../../shared/message/gates.ts'
import type { KnownTouch, TouchWindow } from '../../../ports/rehearsal.ts'

interface Row {
  customerId: string
  channel: string
  decidedAt: number
  at: number
}

interface OthersRow extends Row, MessageToOther {}

const counted = `m.status in ('queued', 'sending', 'sent', 'unknown')
  and (m.status in ('queued', 'sending') or coalesce(m.sent_at, m.created_at) > @since)`
const times = `m.channel, m.created_at as decidedAt,
  case m.status when 'queued' then max(m.due_at, @now) when 'sending' then max(m.created_at, @now)
    else coalesce(m.sent_at, m.created_at) end as at`

/**
 * Rule 13: marketing messages to customers, counted by when each was sent or will be: what is queued at the
 * time until which it is put off, but not before `now`. Two records with one address are one address: what
 * the other was given there counts too, and says what it was of, service messages included.
 */
export function touchesReader(
  sqlite: Database.Database,
): (ids: readonly string[], window: TouchWindow) => KnownTouch[] {
  type Given = { ids: string; since: number; now: number }
  // Only the customer's part of the index helps: how long a message was put off has no bound.
  const own = sqlite.prepare<Given, Row>(
    `select m.customer_id as customerId, ${times} from messages m
     where m.customer_id in (select value from json_each(@ids)) and m.purpose = 'marketing' and ${counted}
     order by m.created_at, m.id`,
  )
  const anyShared = sqlite.prepare('select 1 from shared_addresses limit 1')
  const others = sqlite.prepare<Given, OthersRow>(
    `select a.customer_id as customerId, m.journey_id as journeyId, m.node, m.purpose, ${times}
     from json_each(@ids) i
       join addresses a on a.customer_id = i.value and a.former_at is null
       join shared_addresses s on s.kind = a.kind and s.address = a.address
       join addresses b on b.address = a.address and b.kind = a.kind and b.customer_id <> a.customer_id
       join messages m on m.customer_id = b.customer_id and m.recipient = a.address
     where ${counted} order by m.created_at, m.id`,
  )
  return (ids, { since, now, of }) => {
    const given = { ids: JSON.stringify(ids), since, now }
    const mine = of === 'all' ? own.all(given) : []
    if (anyShared.get() === undefined) return mine
    const theirs = others.all(given).map(({ journeyId, node, purpose, ...touch }) => ({
      ...touch,
      other: { journeyId, node, purpose },
    }))
    return theirs.length === 0 ? mine : [...mine, ...theirs].sort((a, b) => a.decidedAt - b.decidedAt)
  }
}
