import type { EventsTest, Measure, Operator } from '../../shared/conditions/schema.ts'

interface Measuring {
  /** Its result is how many there are, which is never an amount of money. */
  readonly counts: boolean
  /** Its result is what one event says, of whatever type that is; of the others it is a number. */
  readonly picks: boolean
}

/** What the measures of events come to. */
export const measuring = {
  count: { counts: true, picks: false },
  sum: { counts: false, picks: false },
  average: { counts: false, picks: false },
  distinct: { counts: true, picks: false },
  first: { counts: false, picks: true },
  last: { counts: false, picks: true },
} as const satisfies Record<Measure, Measuring>

/** How numbers are compared. */
export const counting: readonly Operator[] = ['gte', 'eq', 'lte', 'gt', 'lt', 'ne']

/** Only of the first and the last event is it asked how many days ago that was. */
const ofOneEvent = 'days_ago'

/** A test of events that measures something else, of the properties that they are known to have. */
export function measuredBy(test: EventsTest, measure: Measure, properties: readonly string[]): EventsTest {
  const { property = 'amount', ...bare } = test
  if (measure === 'count') return { ...bare, measure, op: 'gte', value: 1 }
  // How many different amounts there are is asked by nobody.
  if (measure === 'distinct') {
    const telling = (name: string) => name !== 'amount' && name !== ofOneEvent
    const known = telling(property) ? property : (properties.find(telling) ?? 'category')
    return { ...bare, measure, property: known, op: 'gte', value: 2 }
  }
  if (measuring[measure].picks) return { ...test, measure, property }
  const number = property === ofOneEvent ? 'amount' : property
  if (counting.includes(test.op)) return { ...test, measure, property: number }
  return { ...bare, measure, property: number, op: 'gte', value: 0 }
}
