import type { Act } from '../../../ports/acts.ts'
import { auditWriter } from '../audit/audit.ts'
import { readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { eventPlacer } from '../messages/placing.ts'
import { type ReceiptsTaken, receiptTaker } from '../messages/receipts.ts'
import { customerWriter, type NewCustomer } from '../seed.ts'
import { writeMeta } from '../settings/meta.ts'
import { valueOr } from '../stored-json.ts'
import { demoFriends } from '../wecom/demo.ts'
import { playedEmployees } from '../wecom/played.ts'
import { insertOwn, type NewEvent } from './events.ts'

interface PlannedRow {
  id: string
  customer_id: string
  name: string
  at: number
  amount: number | null
  properties: string
}

/** Ids of events are unique within a name only. */
const rowIdOf = ({ name, id }: NewEvent) => `${name}:${id}`

function eventOf(row: PlannedRow): NewEvent {
  return {
    id: row.id.slice(row.name.length + 1),
    customerId: row.customer_id,
    name: row.name,
    at: row.at,
    amount: row.amount,
    properties: valueOr(readProperties(row.properties), {}),
  }
}

/** Plans what members will do, within the caller's transaction; what is planned already stays as it is. */
export function planner({
  sqlite,
}: BrandDatabase): (events: readonly NewEvent[], task?: number | null) => void {
  const insert = sqlite.prepare(
    `insert or ignore into planned_events (id, customer_id, name, at, amount, properties, task_id)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  return (events, task = null) => {
    for (const event of events) {
      const { customerId, name, at, amount, properties } = event
      insert.run(rowIdOf(event), customerId, name, at, amount, JSON.stringify(properties), task)
    }
  }
}

/** Who moves the clock, and whereto. */
export interface ClockMove {
  readonly act: Act
  readonly to: number
}

/** One stretch of virtual time, lived through. */
export interface Slice extends ReceiptsTaken {
  readonly events: number
}

/** What the sandbox's members will do, and the clock that makes them do it. */
export interface PlannedEvents {
  /** When the next of them is due; null when there is none. */
  nextAt(): number | null
  /**
   * Up to `to`, what is planned becomes events, newcomers become customers, and the clock stands there: at once.
   * The first stretch of a move says in the log who moves the clock, and whereto.
   */
  apply(to: number, newcomers: readonly NewCustomer[], begins: ClockMove | null): Slice
}

export const clockKey = 'clock'

export function plannedEvents(db: BrandDatabase): PlannedEvents {
  const { sqlite } = db
  const next = sqlite.prepare<[], { at: number | null }>('select min(at) as at from planned_events')
  const due = sqlite.prepare<[number], PlannedRow>(
    'select id, customer_id, name, at, amount, properties from planned_events where at <= ? order by at, id',
  )
  const remove = sqlite.prepare('delete from planned_events where at <= ?')
  const addCustomers = customerWriter(db)
  const takeReceipts = receiptTaker(db)
  const place = eventPlacer(db)
  const note = auditWriter(db)
  const befriend = demoFriends(db)
  const employees = playedEmployees(db)
  const apply = sqlite.transaction(
    (to: number, newcomers: readonly NewCustomer[], begins: ClockMove | null) => {
      if (begins !== null) note(begins.act, 'clock.moved', '', { to: begins.to })
      addCustomers(newcomers, to)
      const events = due.all(to).map((row) => place(eventOf(row)).event)
      if (events.length > 0) {
        insertOwn(db, events, { source: 'sandbox', receivedAt: to, pending: true })
        befriend(events)
        remove.run(to)
      }
      const taken = takeReceipts(events, to)
      employees.done(to)
      writeMeta(db, clockKey, to)
      return { ...taken, events: events.length } satisfies Slice
    },
  )
  return {
    nextAt: () => next.get()?.at ?? null,
    apply: (to, newcomers, begins) => apply.immediate(to, newcomers, begins),
  }
}
