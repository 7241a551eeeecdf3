import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts'
import { dayMs } from './world.ts'

const again = 180
const silent = 90
const days = (amount: number) => ({ within: { amount, unit: 'day' } })

/** Bought twice within half a year, and then not for a quarter. */
export const boughtAgain: Condition = conditionSchema.parse({
  kind: 'sequence',
  first: { event: 'order' },
  next: [{ event: 'order', ...days(again) }],
  without: { event: 'order', ...days(silent) },
})

/** The question as one who knows the tables would type it: each order beside the one before it and the one after. */
export const boughtAgainTyped = (now: number): string =>
  `select count(distinct person) from (
     select person, moment, lag(moment) over own as before, lead(moment) over own as after
     from events where name = 'order' and moment <= ${now} window own as (partition by person order by moment, seq))
   where moment - before <= ${again * dayMs} and moment <= ${now - silent * dayMs}
     and (after is null or after - moment > ${silent * dayMs})`
