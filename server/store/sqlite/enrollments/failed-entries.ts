import type Database from 'better-sqlite3'
import type { EntryResult, FailedEntry } from '../../../ports/engine.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import { readProperties } from '../customers/stored.ts'
import { type EventRow, eventOf } from '../events/event-row.ts'

type Row = EventRow & { journey_id: string; node: string; attempts: number }

/** Entries by events that failed in live journeys, whose time to be tried again has come; the oldest first. */
export function failedEntriesReader(
  sqlite: Database.Database,
): (now: number, limit: number) => Promise<FailedEntry[]> {
  const due = sqlite.prepare<[number, number], Row>(
    `select f.journey_id, f.node, f.attempts, e.seq, e.id, e.customer_id, e.name, e.at, e.amount, e.properties
     from failed_entries f join events e on e.seq = f.event_seq
       join journeys j on j.id = f.journey_id and j.status = 'live'
     where f.due_at is not null and f.due_at <= ? order by f.due_at, f.event_seq limit ?`,
  )
  const setAside = sqlite.prepare(
    'update failed_entries set due_at = null, error = ? where journey_id = ? and node = ? and event_seq = ?',
  )
  return async (now, limit) =>
    due.all(now, limit).flatMap((row) => {
      const properties = readProperties(row.properties)
      if (!properties.readable) {
        const { message } = new UnreadableRow(`${row.name} ${row.id}`, properties.reason)
        setAside.run(message, row.journey_id, row.node, row.seq)
        return []
      }
      const event = { seq: row.seq, customerId: row.customer_id, event: eventOf(row) }
      return [{ journeyId: row.journey_id, node: row.node, attempts: row.attempts, event }]
    })
}

/** Keeps what failed for a later attempt, and forgets what is settled, within the caller's transaction. */
export function failedEntriesWriter(sqlite: Database.Database): (results: readonly EntryResult[]) => void {
  const keep = sqlite.prepare(
    `insert into failed_entries (journey_id, node, event_seq, customer_id, attempts, error, due_at)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict do update set attempts = excluded.attempts, error = excluded.error, due_at = excluded.due_at`,
  )
  const forget = sqlite.prepare(
    'delete from failed_entries where journey_id = ? and node = ? and event_seq = ?',
  )
  return (results) => {
    for (const { journeyId, node, seq, customerId, failure } of results)
      if (failure === null) forget.run(journeyId, node, seq)
      else keep.run(journeyId, node, seq, customerId, failure.attempts, failure.message, failure.retryAt)
  }
}
