import { addDays, localDate, zonedAt } from '../../shared/calendar/index.ts'
import { keyOf, Random } from './generator/random.ts'

const minuteMs = 60_000
/** When employees look at their tasks, by the brand's clock. */
const opens = '09:00'
const closes = '20:00'
/** They press send after so long at least, and within so much more (minutes). */
const soonest = 10
const spread = 50

/**
 * When an employee of a sandbox presses send for a broadcast made then: within an hour, in their working hours.
 * The same employee and moment always come to the same.
 */
export function confirmsAt(sender: string, madeAt: number, zone: string): number {
  const wait =
    (soonest + new Random(keyOf(Math.floor(madeAt / minuteMs), sender), 1).below(spread)) * minuteMs
  const today = localDate(madeAt, zone)
  const morning = zonedAt(today, opens, zone)
  if (madeAt < morning) return morning + wait
  if (madeAt + wait <= zonedAt(today, closes, zone)) return madeAt + wait
  return zonedAt(addDays(today, 1), opens, zone) + wait
}
