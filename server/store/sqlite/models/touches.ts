import type Database from 'better-sqlite3'
import { type Touch, touchOf } from '../../../../shared/models/deeds.ts'
import { objectIn } from '../../../../shared/models/habits.ts'
import { habitDays, touchEvents, touchKindOf } from '../../../../shared/models/touches.ts'

const dayMs = 86_400_000

type Row = [customerId: string, at: number, name: string, properties: string]

export interface CustomerTouch extends Touch {
  readonly customerId: string
}

/** What some customers looked at, opened or clicked in the days before a moment, by customer and in order of time. */
export function touchesReader(sqlite: Database.Database) {
  const names = touchEvents.map((name) => `'${name}'`).join(', ')
  const read = sqlite
    .prepare<{ ids: string; from: number; before: number }, Row>(
      `select customer_id, at, name, properties from events
       where customer_id in (select value from json_each(@ids)) and name in (${names}) and at >= @from and at < @before
       order by customer_id, at, seq`,
    )
    .raw()
  return (customers: readonly string[], before: number): CustomerTouch[] =>
    read
      .all({ ids: JSON.stringify(customers), from: before - habitDays * dayMs, before })
      .flatMap(([customerId, at, name, properties]) => {
        const kind = touchKindOf(name)
        return kind === null ? [] : [{ customerId, ...touchOf(kind, at, objectIn(properties) ?? {}) }]
      })
}
