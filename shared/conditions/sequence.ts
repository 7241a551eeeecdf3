import { leastLength } from '../calendar/index.ts'
import { matches } from './compare.ts'
import type { CustomerEvent, Properties } from './customer.ts'
import { asAsked, placed } from './lines.ts'
import { comesAfter } from './mark.ts'
import { filtersIn, type LaterStep, type SequenceTest } from './schema.ts'
import { intervalsOf, soFarOf, type TimeContext } from './window.ts'

/** How long after the step before a step may come at most (ms). */
export const gapOf = ({ within }: LaterStep): number =>
  within === undefined ? Number.POSITIVE_INFINITY : leastLength(within)

/**
 * Whether the steps of a sequence came one after the other, of events in their order (rule 24). A step is best reached
 * late, as its gap begins there; what must not follow is asked of each event that ends the steps.
 */
export function followed(
  test: SequenceTest,
  events: readonly CustomerEvent[],
  context: TimeContext,
  entry: Properties,
): boolean {
  const intervals = intervalsOf(test.window, context)
  const soFar = soFarOf(context)
  const own = test.window.kind === 'since_entry' ? context.entryEvent : null
  const { first, next, without } = test
  /** When each step was reached last; none yet where there is null. */
  const reached: (number | null)[] = [null, ...next.map(() => null)]
  const begins = (event: CustomerEvent) =>
    matches(first, event, entry) &&
    intervals.some(([from, to]) => event.at >= from && event.at < to) &&
    (!own || comesAfter(placed(event), own))
  /** Takes an event in; answers whether it ends the steps. */
  const steps = (event: CustomerEvent): boolean => {
    let last = false
    // From the last step on, so that no event is two of them.
    for (let index = next.length; index >= 0; index -= 1) {
      const [step, before] = [next[index - 1], reached[index - 1]]
      const comes = step === undefined ? begins(event) : before != null && comesWithin(step, event, before)
      if (!comes) continue
      reached[index] = event.at
      last ||= index === next.length
    }
    return last
  }
  const comesWithin = (step: LaterStep, event: CustomerEvent, after: number) =>
    event.at - after <= gapOf(step) && matches(step, event, entry)

  // The earliest end that may yet go without what must not follow.
  let open: number | null = null
  const names = filtersIn(test).map(({ event }) => event)
  for (const event of asAsked(events, names, soFar)) {
    if (event.at >= soFar) continue
    if (without !== undefined && open !== null && matches(without, event, entry)) {
      if (event.at - open > gapOf(without)) return true
      open = null
    }
    if (!steps(event)) continue
    if (without === undefined) return true
    open ??= event.at
  }
  if (without === undefined || open === null) return false
  return without.within === undefined || open + gapOf(without) < soFar
}
