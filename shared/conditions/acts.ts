import type { CustomerEvent, Properties } from './customer.ts'

/**
 * What journeys have done to somebody, as events of their own: conditions ask for them by these names. No event comes in
 * under them; who sends one by chance is not asked for.
 */
export const actEvents = {
  entered: '$journey_entered',
  /** Came to one of its ends, or to a goal that ends it. */
  finished: '$journey_finished',
  /** Was taken out before that. */
  left: '$journey_left',
  goal: '$journey_goal',
  sent: '$message_sent',
  withheld: '$message_withheld',
  failed: '$message_failed',
} as const
export type ActKind = keyof typeof actEvents
export type ActEvent = (typeof actEvents)[ActKind] | typeof currentEvent

/** An entry whose passage is still under way at the moment that is asked for. */
export const currentEvent = '$journey_current'

const kindsByEvent: ReadonlyMap<string, ActKind> = new Map([
  ...Object.entries(actEvents).map(([kind, event]): [string, ActKind] => [event, kind as ActKind]),
  [currentEvent, 'entered'],
])

export const actEventNames: readonly string[] = [...kindsByEvent.keys()]

/** Whether events of a name are not recorded, but follow from what journeys have done. */
export const isAct = (event: string): event is ActEvent => kindsByEvent.has(event)

/** What has to be known for the events of some names. */
export const actKindsOf = (events: readonly string[]): ReadonlySet<ActKind> =>
  new Set(events.flatMap((event) => kindsByEvent.get(event) ?? []))

/** The properties that events of each name have, under the names that receipts bear them. */
const message = ['journey_id', 'node', 'channel', 'purpose', 'message_id'] as const
export const actProperties = {
  [actEvents.entered]: ['journey_id', 'control'],
  [currentEvent]: ['journey_id', 'control'],
  [actEvents.finished]: ['journey_id', 'node'],
  [actEvents.left]: ['journey_id', 'reason'],
  [actEvents.goal]: ['journey_id', 'node'],
  [actEvents.sent]: message,
  [actEvents.withheld]: ['journey_id', 'node', 'channel', 'reason'],
  [actEvents.failed]: message,
} as const satisfies Record<ActEvent, readonly string[]>

/** Something that a journey has done to somebody. */
export interface Act {
  readonly kind: ActKind
  readonly at: number
  readonly enrollment: number
  /** Which of several of its kind in one passage; of a message its number. */
  readonly place: number
  readonly journey: string
  /** Where: of an end the end itself. */
  readonly node?: string | null
  readonly channel?: string | null
  readonly purpose?: string | null
  /** The gate that was closed, or why somebody was taken out. */
  readonly reason?: string | null
  /** Of an entry, whether it belongs to the control group. */
  readonly control?: boolean
  /** Of a goal, its value in minor units. */
  readonly amount?: number | null
  /** Of an entry, when its passage ended. */
  readonly until?: number | null
}

/** What is done at one moment stands in this order, behind what was recorded of that moment. */
const order = {
  entered: 0,
  withheld: 1,
  sent: 2,
  failed: 3,
  goal: 4,
  finished: 5,
  left: 6,
} as const satisfies Record<ActKind, number>

/** Above the numbers of all events that ever arrive; so far apart are the kinds. */
const firstSeq = 2 ** 50
const kindStep = 2 ** 46
/** So many places of one passage at most are told apart. */
const places = 4096

const numberOf = ({ kind, enrollment, place }: Act): number =>
  kind === 'sent' || kind === 'failed' ? place : enrollment * places + Math.min(place, places - 1)

/** The places of acts among events of the same moment. */
const actSeq = (act: Act): number => firstSeq + order[act.kind] * kindStep + numberOf(act)

const present = (given: Readonly<Record<string, string | boolean | null | undefined>>): Properties =>
  Object.fromEntries(
    Object.entries(given).filter(
      (entry): entry is [string, string | boolean] => entry[1] !== null && entry[1] !== undefined,
    ),
  )

/** An act as conditions see it. One that is not saved yet has no place in the order of arrival: it has just happened. */
export function actEvent(act: Act, saved = true): CustomerEvent {
  const { kind, at, enrollment, place, journey, until = null } = act
  const isMessage = kind === 'sent' || kind === 'failed'
  return {
    id: `${kind}:${enrollment}:${place}`,
    name: actEvents[kind],
    at,
    amount: act.amount ?? null,
    properties: present({
      journey_id: journey,
      node: act.node,
      channel: act.channel,
      purpose: act.purpose,
      reason: act.reason,
      control: act.control,
      message_id: isMessage && saved ? String(place) : null,
    }),
    ...(saved ? { seq: actSeq(act) } : {}),
    ...(until === null ? {} : { until }),
  }
}

/** Entries as those that are under way at a moment, beside what they are themselves. */
export function withCurrent(events: readonly CustomerEvent[], before: number): readonly CustomerEvent[] {
  return events.flatMap((event) =>
    event.name === actEvents.entered && (event.until === undefined || event.until >= before)
      ? [event, { ...event, name: currentEvent }]
      : [event],
  )
}
