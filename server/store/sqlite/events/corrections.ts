import type { EventCorrection } from '../../../../shared/api/events.ts'
import { moneyFault, orderEvent, refundEvent, worthOf } from '../../../../shared/conditions/purchases.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { EventAsked } from '../../../ports/engine.ts'
import type { BrandDatabase } from '../database.ts'
import { shardOf } from '../enrollments/shard.ts'
import { figureWriter } from '../figures/figures.ts'
import { scoreMarker } from '../models/to-score.ts'
import { refundOf, wholeSum } from './order-sql.ts'

interface Row {
  seq: number
  at: number
  amount: number | null
  properties: string
}

function rowOf({ sqlite }: BrandDatabase, { customerId, name, id }: EventAsked): Row {
  const row = sqlite
    .prepare<[string, string, string], Row>(
      'select seq, at, amount, properties from events where customer_id = ? and name = ? and id = ?',
    )
    .get(customerId, name, id)
  if (row === undefined) throw new Problem('not-found', { what: `${name} ${id}` }, 'event')
  return row
}

/** What has been given back for an order, by another event than one. */
function givenBack({ sqlite }: BrandDatabase, { customerId, id }: EventAsked, except: string): number {
  const row = sqlite
    .prepare<[string, string, string, string], { sum: number }>(
      `select ${wholeSum('amount')} as sum from events where customer_id = ? and name = ? and id <> ?
         and ${refundOf('events')} = ?`,
    )
    .get(customerId, refundEvent, except, id)
  return row?.sum ?? 0
}

/** The refund that stands for what a person says has been given back in all. */
const refundByHand = (order: string): string => `person:${order}`

/** Says by one refund how much of an order has been given back in all; other refunds of it stay as they are. */
function refund(db: BrandDatabase, event: EventAsked, inAll: number, at: number): void {
  const { sqlite } = db
  const id = refundByHand(event.id)
  const rest = inAll - givenBack(db, event, id)
  if (rest < 0) throw new Problem('refund-below', { order: event.id, known: inAll - rest }, 'refunded')
  sqlite
    .prepare('delete from events where customer_id = ? and name = ? and id = ?')
    .run(event.customerId, refundEvent, id)
  if (rest === 0) return
  sqlite
    .prepare(
      `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       values (?, ?, ?, ?, ?, ?, ?, ?, 'history', 0)`,
    )
    .run(
      ...[id, event.customerId, shardOf(event.customerId), refundEvent, at, at, rest],
      JSON.stringify({ order_id: event.id }),
    )
}

/**
 * Goals follow: what has reached one is worth what it is worth now; where it is worth nothing any more, the goal has
 * not been reached by it, in the report and on the canvas, and may be by another. Who has come in, and what was sent
 * to whom, stays as it happened.
 */
function followGoals(db: BrandDatabase, event: EventAsked, worth: number | null): void {
  const { sqlite } = db
  const hits = sqlite
    .prepare<
      [string, string, string],
      { enrollmentId: number; goal: string; journeyId: string; version: number; control: number }
    >(
      `select enrollment_id as enrollmentId, goal, journey_id as journeyId, version, control from goal_hits
       where customer_id = ? and event_name = ? and event_id = ?`,
    )
    .all(event.customerId, event.name, event.id)
  if (worth !== null) {
    sqlite
      .prepare('update goal_hits set value = ? where customer_id = ? and event_name = ? and event_id = ?')
      .run(worth, event.customerId, event.name, event.id)
    const keep = sqlite.prepare(
      `update enrollments set data = json_set(data, '$.g."' || ? || '".value', ?)
       where id = ? and json_valid(data) and json_extract(data, '$.g."' || ? || '"') is not null`,
    )
    for (const { enrollmentId, goal } of hits) keep.run(goal, worth, enrollmentId, goal)
    return
  }
  const figure = figureWriter(db)
  const lose = sqlite.prepare('delete from goal_hits where enrollment_id = ? and goal = ?')
  const forget = sqlite.prepare(
    `update enrollments set data = json_remove(data, '$.g."' || ? || '"') where id = ? and json_valid(data)`,
  )
  for (const { enrollmentId, goal, journeyId, version, control } of hits) {
    lose.run(enrollmentId, goal)
    forget.run(goal, enrollmentId)
    const place = { journeyId, version, node: goal }
    figure(place, 'out:reached', -1)
    if (control === 1) figure(place, 'out:reached:control', -1)
  }
}

/** Within the caller's transaction. Problems `not-found`, `negative-order`, `negative-refund`, `refund-below`. */
export function correctEvent(db: BrandDatabase, event: EventAsked, correction: EventCorrection): void {
  const row = rowOf(db, event)
  const { at = row.at, amount = row.amount, properties, refunded } = correction
  const fault = moneyFault({ name: event.name, amount, properties: {} })
  if (fault !== null) throw new Problem(fault, { id: event.id, amount: amount ?? 0 }, 'amount')
  const text = properties === undefined ? row.properties : JSON.stringify(properties)
  db.sqlite
    .prepare('update events set at = ?, amount = ?, properties = ? where seq = ?')
    .run(at, amount, text, row.seq)
  scoreMarker(db)(event.customerId)
  if (event.name !== orderEvent) return
  if (refunded !== undefined) refund(db, event, refunded, at)
  followGoals(db, event, worthOf(amount, givenBack(db, event, '')))
}

/** With what has been given back for it, where it is an order; within the caller's transaction. Problem `not-found`. */
export function removeEvent(db: BrandDatabase, event: EventAsked): void {
  const { seq } = rowOf(db, event)
  const { sqlite } = db
  scoreMarker(db)(event.customerId)
  sqlite.prepare('delete from events where seq = ?').run(seq)
  sqlite.prepare('delete from failed_entries where event_seq = ?').run(seq)
  if (event.name === orderEvent)
    sqlite
      .prepare(
        `delete from events where customer_id = ? and name = ?
           and ${refundOf('events')} = ?`,
      )
      .run(event.customerId, refundEvent, event.id)
  followGoals(db, event, null)
}
