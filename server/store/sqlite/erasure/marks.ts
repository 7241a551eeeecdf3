import { channelsMeant, everyChannel } from '../../../../shared/message/standing.ts'
import type { BrandDatabase } from '../database.ts'
import { type Contact, marker, type People } from './people.ts'

interface Closed {
  channel: string
  why: string
  at: number
}

/**
 * Keeps what the addresses of whoever is forgotten had refused, by their marks: whoever asked to be forgotten is not
 * to be found again by the next file. What was graver than an opt-out stays what it was. An address that somebody else
 * bears keeps what it said as it is.
 */
export function markKeeper(db: BrandDatabase): (people: People, at: number) => void {
  const mark = marker(db)
  const closed = db.sqlite.prepare<Contact, Closed>(
    `select channel, closed_why as why, closed_at as at from address_states
     where kind = @kind and address = @address and closed_why is not null and closed_at is not null`,
  )
  const others = db.sqlite.prepare<{ kind: string; address: string; ids: string }, { found: number }>(
    `select 1 as found from addresses where kind = @kind and address = @address
       and customer_id not in (select value from json_each(@ids)) limit 1`,
  )
  const keep = db.sqlite.prepare(
    `insert into erased_marks (mark, channel, closed_why, closed_at) values (?, ?, ?, ?)
     on conflict do update set closed_why = excluded.closed_why, closed_at = excluded.closed_at`,
  )
  return ({ ids, contacts }, at) => {
    for (const contact of contacts) {
      if (others.get({ ...contact, ids: JSON.stringify(ids) }) !== undefined) continue
      const known = mark(contact)
      for (const channel of channelsMeant(contact.kind, everyChannel))
        keep.run(known, channel, 'opted_out', at)
      for (const { channel, why, at: since } of closed.all(contact)) keep.run(known, channel, why, since)
    }
  }
}
