import type { Batch, Change } from '../../../ports/engine.ts'
import type { BrandDatabase } from '../database.ts'
import { readRestore } from './restored.ts'

/** Whether what a change of this batch sends may have been sent by another life of the data. */
export type SuspectsIn = (batch: Batch) => (change: Change) => boolean

interface Before {
  dueAt: number | null
  arrivedAt: number
  cause: string | null
}

/**
 * After a restore: what was due by then, or was set going by an event of before, the other life may have done. To be
 * asked of each change before it is written. Null where the data was never restored.
 */
export function suspects(db: BrandDatabase): SuspectsIn | null {
  const restore = readRestore(db)
  if (restore === null) return null
  const { at, lastEvent } = restore
  const before = db.sqlite.prepare<[number], Before>(
    `select due_at as dueAt, arrived_at as arrivedAt, json_extract(data, '$.w.cause') as cause
     from enrollments where id = ?`,
  )
  const oldEvent = db.sqlite.prepare<[string, number, number]>(
    `select 1 from events where seq in (select value from json_each(?)) and (seq <= ? or at < ?) limit 1`,
  )
  const wasDue = (id: number): boolean => {
    const row = before.get(id)
    if (row === undefined) return false
    // An answer that was being waited for has come in both lives.
    return (row.dueAt !== null && row.dueAt <= at) || (row.cause === 'reply' && row.arrivedAt <= at)
  }
  return (batch) => {
    const fired = batch.firing !== undefined && batch.firing.trigger.dueAt <= at
    const told =
      batch.taken.length > 0 && oldEvent.get(JSON.stringify(batch.taken), lastEvent, at) !== undefined
    return ({ before: steps, enrollment }) => fired || told || (steps !== null && wasDue(enrollment.id))
  }
}

/** The number that the first message after a restore is given, so that none of the other life's is given again. */
export function numberer(db: BrandDatabase): { begin(): void; next(): number | null } {
  const last = db.sqlite.prepare<[], number | null>('select max(id) from messages').pluck()
  let floor = readRestore(db)?.firstMessage ?? null
  let pending: number | null = null
  return {
    begin() {
      if (floor !== null && (last.get() ?? 0) >= floor) floor = null
      pending = floor
    },
    /** null: the next one. */
    next() {
      const given = pending
      pending = null
      return given
    },
  }
}
