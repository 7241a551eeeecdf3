import type Database from 'better-sqlite3'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import type { EventAsked, GoalHit, OrderStanding } from '../../../ports/engine.ts'
import { refundOf, wholeSum } from './order-sql.ts'

/** What is known of events beside themselves: the goals that they have reached, and what was given back. */
export function standingReader(sqlite: Database.Database) {
  const hits = sqlite.prepare<[string], GoalHit>(
    `with asked as (select value ->> 'customerId' as customer, value ->> 'name' as name, value ->> 'id' as id from json_each(?))
     select distinct g.customer_id as customerId, g.event_name as name, g.event_id as id, g.journey_id as journeyId,
       g.enrollment_id as enrollmentId, g.goal
     from asked a join goal_hits g on g.customer_id = a.customer and g.event_name = a.name and g.event_id = a.id
     order by g.enrollment_id`,
  )
  const orders = sqlite.prepare<{ asked: string; by: number }, OrderStanding>(
    `with asked as (select distinct value ->> 'customerId' as customer, value ->> 'order' as id from json_each(@asked))
     select a.customer as customerId, a.id as "order",
       (select amount from events e where e.customer_id = a.customer and e.name = '${orderEvent}' and e.id = a.id) as amount,
       (select ${wholeSum('r.amount')} from events r indexed by events_refund
          where r.customer_id = a.customer and r.name = '${refundEvent}'
          and r.at <= @by and ${refundOf('r')} = a.id) as back
     from asked a`,
  )
  return {
    goalHits: async (asked: readonly EventAsked[]) => hits.all(JSON.stringify(asked)),
    orderStandings: async (
      asked: readonly { readonly customerId: string; readonly order: string }[],
      by: number,
    ) => orders.all({ asked: JSON.stringify(asked), by }),
  }
}
