import { isAct } from './acts.ts'
import { isReceipt } from './receipts.ts'
import { type EventFilter, isEntryReference } from './schema.ts'

/** Under which property events of journeys and messages say of which journey they are. */
export const journeyProperty = 'journey_id'

/** Whether the events of a name are of journeys, and say of which; a property of that name of other events is the brand's own matter. */
export const isOfJourneys = (event: string): boolean => isAct(event) || isReceipt(event)

/** The journeys of which events are asked for. */
export function journeysIn({ event, where }: Pick<EventFilter, 'event' | 'where'>): string[] {
  if (!isOfJourneys(event)) return []
  return where.flatMap(({ property, value }) =>
    property !== journeyProperty || value === undefined || isEntryReference(value)
      ? []
      : [value].flat().filter((one): one is string => typeof one === 'string' && one !== ''),
  )
}

type FilterName = { readonly kind: 'event' | 'journey'; readonly name: string }

/** What a filter of events names: the events, and whose they are. */
export const filterNames = (filter: Pick<EventFilter, 'event' | 'where'>): FilterName[] => [
  { kind: 'event', name: filter.event },
  ...journeysIn(filter).map((name) => ({ kind: 'journey' as const, name })),
]
