import { isUndone, orderEvent, refundEvent, refundedOrder } from '../../../../shared/conditions/purchases.ts'
import type { BrandDatabase } from '../database.ts'
import { figureWriter } from '../figures/figures.ts'
import type { NewEvent } from './events.ts'

interface Hit {
  enrollment_id: number
  goal: string
  journey_id: string
  version: number
  control: number
}

/**
 * Rule 19: what is given back for an order takes back what the order has counted for. A part lessens the value of
 * a goal; all of it takes the conversion back. Within the caller's transaction, once the refund is recorded.
 */
export function refundTaker(db: BrandDatabase): (events: readonly NewEvent[]) => ReadonlySet<string> {
  const { sqlite } = db
  const figure = figureWriter(db)
  const hits = sqlite.prepare<[string, string], Hit>(
    `select enrollment_id, goal, journey_id, version, control from goal_hits
     where customer_id = ? and event_name = '${orderEvent}' and event_id = ?`,
  )
  const sums = sqlite.prepare<{ customer: string; order: string }, { amount: number | null; back: number }>(
    `select (select amount from events where customer_id = @customer and name = '${orderEvent}' and id = @order) as amount,
       (select coalesce(sum(amount), 0) from events where customer_id = @customer and name = '${refundEvent}'
          and cast(json_extract(properties, '$.order_id') as text) = @order) as back`,
  )
  const lessen = sqlite.prepare('update goal_hits set value = ? where enrollment_id = ? and goal = ?')
  const remove = sqlite.prepare('delete from goal_hits where enrollment_id = ? and goal = ?')
  return (events) => {
    const journeyIds = new Set<string>()
    for (const { name, customerId: customer, properties } of events) {
      const order = name === refundEvent ? refundedOrder(properties) : null
      const sum = order === null ? undefined : sums.get({ customer, order })
      if (order === null || sum === undefined) continue
      for (const hit of hits.all(customer, order)) {
        const place = { journeyId: hit.journey_id, version: hit.version, node: hit.goal }
        journeyIds.add(hit.journey_id)
        if (!isUndone(sum.amount, sum.back)) {
          lessen.run((sum.amount ?? 0) - sum.back, hit.enrollment_id, hit.goal)
          continue
        }
        remove.run(hit.enrollment_id, hit.goal)
        figure(place, 'out:reached', -1)
        if (hit.control === 1) figure(place, 'out:reached:control', -1)
      }
    }
    return journeyIds
  }
}
