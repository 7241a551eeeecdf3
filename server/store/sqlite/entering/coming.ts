import type Database from 'better-sqlite3'
import { z } from 'zod'
import type { CustomerEvent, PropertyValue } from '../../../../shared/conditions/customer.ts'
import type { CameResult, ComingEntry, DueEntry } from '../../../ports/entering.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import { shardOf } from '../enrollments/shard.ts'
import { readColumn } from '../stored-json.ts'

interface Row {
  journey_id: string
  node: string
  customer_id: string
  cause: string
  due_at: number
  event: string | null
  attempts: number
}

const property: z.ZodType<PropertyValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(property), z.record(z.string(), property)]),
)

/** An event as it is kept with whoever comes in by it. */
const keptEvent = z.object({
  id: z.string(),
  name: z.string(),
  at: z.int(),
  amount: z.number().nullable(),
  properties: z.record(z.string(), property),
  seq: z.int().optional(),
})

function eventIn({ event, customer_id: customer }: Row): CustomerEvent | null {
  if (event === null) return null
  const read = readColumn(event, keptEvent)
  if (!read.readable) throw new UnreadableRow(customer, read.reason)
  return told(read.value)
}

function told({ seq, ...event }: z.infer<typeof keptEvent>): CustomerEvent {
  return seq === undefined ? event : { ...event, seq }
}

/**
 * Those whose time has come, the oldest first, an equal share from each live journey (rule 25): a long list holds up
 * nobody who comes into another, and one that waits for a resume is not looked through.
 */
export function comingReader(sqlite: Database.Database): (now: number, limit: number) => Promise<DueEntry[]> {
  const journeys = sqlite
    .prepare<[number], string>(
      `select j.id from journeys j where j.status = 'live' and exists
         (select 1 from coming c where c.journey_id = j.id and c.due_at is not null and c.due_at <= ?) order by j.id`,
    )
    .pluck()
  const due = sqlite.prepare<[string, number, number], Row>(
    `select journey_id, node, customer_id, cause, due_at, event, attempts from coming
     where journey_id = ? and due_at is not null and due_at <= ? order by due_at, noted_at limit ?`,
  )
  const setAside = sqlite.prepare(
    `update coming set due_at = null, error = ? where journey_id = ? and node = ? and customer_id = ? and cause = ?`,
  )
  const shares = (now: number, limit: number): Row[] => {
    const those = journeys.all(now)
    const share = Math.max(1, Math.floor(limit / Math.max(1, those.length)))
    return those.flatMap((journey) => due.all(journey, now, share))
  }
  return async (now, limit) =>
    shares(now, limit).flatMap((row) => {
      const { journey_id: journeyId, node, customer_id: customerId, cause, due_at: dueAt, attempts } = row
      try {
        return [{ journeyId, node, customerId, cause, dueAt, event: eventIn(row), attempts }]
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error)
        setAside.run(said, journeyId, node, customerId, cause)
        return []
      }
    })
}

/** Those of some customers who have been noted for live journeys; whoever cannot be read comes in nowhere. */
export function notedReader(sqlite: Database.Database): (ids: readonly string[]) => ComingEntry[] {
  const noted = sqlite.prepare<[string], Row>(
    `select c.journey_id, c.node, c.customer_id, c.cause, c.due_at, c.event, c.attempts
     from coming c join journeys j on j.id = c.journey_id and j.status = 'live'
     where c.due_at is not null and c.customer_id in (select value from json_each(?)) order by c.due_at, c.noted_at`,
  )
  return (ids) =>
    noted.all(JSON.stringify(ids)).flatMap((row) => {
      const { journey_id: journeyId, node, customer_id: customerId, cause, due_at: dueAt } = row
      const event = row.event === null ? null : readColumn(row.event, keptEvent)
      if (event !== null && !event.readable) return []
      return [{ journeyId, node, customerId, cause, dueAt, event: event === null ? null : told(event.value) }]
    })
}

/** Notes who may come in, within the caller's transaction; what has been noted already is not noted twice. */
export function comingWriter(
  sqlite: Database.Database,
): (entries: readonly ComingEntry[], now: number) => void {
  const note = sqlite.prepare(
    `insert or ignore into coming (journey_id, node, customer_id, cause, shard, noted_at, due_at, event)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (entries, now) => {
    for (const { journeyId, node, customerId, cause, dueAt, event } of entries) {
      const text = event === null ? null : JSON.stringify(event)
      note.run(journeyId, node, customerId, cause, shardOf(customerId), now, dueAt, text)
    }
  }
}

/** Forgets who has been told whether they come in, and keeps who failed or is told later, within the caller's transaction. */
export function cameWriter(sqlite: Database.Database): (results: readonly CameResult[]) => void {
  const forget = sqlite.prepare(
    'delete from coming where journey_id = ? and node = ? and customer_id = ? and cause = ?',
  )
  const keep = sqlite.prepare(
    `update coming set attempts = ?, error = ?, due_at = ?
     where journey_id = ? and node = ? and customer_id = ? and cause = ?`,
  )
  const putOff = sqlite.prepare(
    'update coming set due_at = ? where journey_id = ? and node = ? and customer_id = ? and cause = ?',
  )
  return (results) => {
    for (const { entry, failure, later } of results) {
      const key = [entry.journeyId, entry.node, entry.customerId, entry.cause]
      if (later !== null) putOff.run(later, ...key)
      else if (failure === null) forget.run(...key)
      else keep.run(failure.attempts, failure.message, failure.retryAt, ...key)
    }
  }
}
