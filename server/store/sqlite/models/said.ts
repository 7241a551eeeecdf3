import type { CustomerAnswer } from '../../../../shared/api/customers.ts'
import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import { silentModels } from '../../../../shared/models/silence.ts'
import type { BrandDatabase } from '../database.ts'
import { scoresOfCustomer } from './held.ts'
import { lastRunOf } from './last-run.ts'

/** What models say of one customer, and which say nothing and why. */
export function saidOfCustomer(db: BrandDatabase, id: string): Pick<CustomerAnswer, 'scores' | 'silent'> {
  const scores = scoresOfCustomer(db, id)
  const bought = db.sqlite
    .prepare<[string], number>(
      `select exists (select 1 from events where customer_id = ? and name = '${orderEvent}')`,
    )
    .pluck()
  return {
    scores,
    silent: silentModels({
      fitted: lastRunOf(db)?.models ?? null,
      said:
        scores === null ? null : Object.fromEntries(scores.values.map(({ name, value }) => [name, value])),
      bought: bought.get(id) === 1,
    }),
  }
}
