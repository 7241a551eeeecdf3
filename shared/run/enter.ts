import { addDays, addSpan, type FestivalId, localDate, nextFestival } from '../calendar/index.ts'
import type { Plan } from '../compile/plan.ts'
import { matches } from '../conditions/compare.ts'
import { type Customer, type CustomerEvent, entryValues, propertyOf } from '../conditions/customer.ts'
import { type ConditionFacts, evaluate } from '../conditions/evaluate.ts'
import { noHistory } from '../conditions/history.ts'
import { comesAfter, markOf } from '../conditions/mark.ts'
import type { Condition } from '../conditions/schema.ts'
import { keyOf } from '../journey/belonging.ts'
import type { Brand } from '../journey/brand.ts'
import type { Reentry } from '../journey/graph.ts'
import type { AbsenceEntrance, EntranceKind, EventEntrance } from '../nodes/entrance.ts'
import type { Entry } from '../nodes/type.ts'
import { admit, type Step, zoneOf } from './step.ts'

/** One customer's entries into a journey: when the latest was, how many are under way, under which keys. */
export interface Entries {
  readonly enteredAt: number
  readonly live: number
  readonly keys: ReadonlySet<string>
}

/** Somebody who asks to come in: by what trigger, and by what event where it is one. */
export interface Caller {
  readonly trigger: string
  readonly customer: Pick<Customer, 'id' | 'timezone'>
  readonly event: CustomerEvent | null
  readonly anchors: Entry['anchors']
}

/** Rule 4: the occurrence of each festival that an enrollment entering now refers to. */
export function anchorsAt(
  plan: Plan,
  own: { readonly festival: string; readonly date: string } | null,
  now: number,
  brand: Brand,
): Partial<Record<FestivalId, string>> {
  const anchors: Partial<Record<FestivalId, string>> = {}
  const today = localDate(now, zoneOf(plan, brand))
  const first = plan.festivals.find((id) => id === own?.festival)
  if (first !== undefined && own !== null) anchors[first] = own.date
  for (const id of plan.festivals) anchors[id] ??= nextFestival(id, today)
  return anchors
}

/** What of a customer's facts an audience is asked with; nothing of an enrollment is known yet. */
export type CallerFacts = Omit<ConditionFacts, 'history' | 'entry'>

/** Whether an audience's condition holds for somebody who comes by an event, or by none, at a moment. */
export function belongs(
  plan: Plan,
  audience: Condition,
  event: CustomerEvent | null,
  facts: CallerFacts,
  at: { readonly now: number; readonly brand: Brand; readonly anchors: Entry['anchors'] },
): boolean {
  const { now, brand, anchors } = at
  const time = { now, zone: zoneOf(plan, brand), enteredAt: null, anchors }
  const { customer, tags, audiences, events, picks } = facts
  const entry = event === null ? {} : entryValues(event)
  return evaluate(audience, { customer, tags, audiences, events, history: noHistory, entry, picks }, time)
}

const forHands: Readonly<Record<EntranceKind, boolean>> = {
  schedule: false,
  event: false,
  manual: true,
  membership: false,
  absence: false,
  journey: false,
}

/** The trigger by which people are let in by hand, by the API or from a list: the one for it, else the first. */
export function triggerByHand({ triggers }: Plan): Plan['triggers'][number] | undefined {
  return triggers.find(({ entrance }) => forHands[entrance.kind]) ?? triggers[0]
}

/** What brings somebody in who stands in a list: an event of ours, with the list's other columns. */
export const listEvent = 'list_entry'

/** Whether an event is one that a trigger is there for; its audience is asked apart, of those few. */
export function fits(entrance: Pick<EventEntrance, 'filter'>, event: CustomerEvent): boolean {
  return matches(entrance.filter, event)
}

/** When it is told whether somebody who did the first thing has done the other: by the customer's own clock. */
export function toldAt({ within }: AbsenceEntrance, did: CustomerEvent, zone: string): number {
  return addSpan(did.at, within, zone)
}

/** Whether one event has the key of another, where the journey tells passages apart by one (rule 4). */
function sameKey(key: string | null, one: CustomerEvent, other: CustomerEvent): boolean {
  const own = key === null ? null : propertyOf(one, key)
  const theirs = key === null ? null : propertyOf(other, key)
  return own === null || theirs === null || String(own) === String(theirs)
}

/**
 * Whether somebody who did the first thing lacks the other, by all that is recorded: nothing of it within the time,
 * its end included, after the first event in the customer's line. What was done under another key is another matter.
 */
export function lacks(
  plan: Plan,
  entrance: AbsenceEntrance,
  did: CustomerEvent,
  events: readonly CustomerEvent[],
  until: number,
): boolean {
  const key = keyOf(plan.settings.reentry)
  const entry = entryValues(did)
  const answers = (event: CustomerEvent) =>
    matches(entrance.missing, event, entry) || (entrance.restart && fits(entrance, event))
  const first = markOf(did)
  return !events.some(
    (event) => comesAfter(event, first) && event.at <= until && sameKey(key, did, event) && answers(event),
  )
}

/** Rule 4: the facts at entry that an enrollment keeps. */
function entryOf({ trigger, customer, event, anchors }: Caller): Entry {
  const kept = event === null ? null : { ...markOf(event), id: event.id, properties: entryValues(event) }
  return { trigger, timezone: customer.timezone, event: kept, anchors }
}

/** The key that tells concurrent enrollments apart; empty unless re-entry is keyed. */
export function entryKeyOf(reentry: Reentry, event: CustomerEvent | null): string {
  if (reentry.kind !== 'keyed' || event === null) return ''
  const value = entryValues(event)[reentry.property]
  return value === undefined ? '' : String(value)
}

/** Rule 2: whether a customer may come in (again) now. Days are those of the calendar (rule 6). */
function mayEnter(
  reentry: Reentry,
  key: string,
  earlier: Entries | undefined,
  { now, zone }: { readonly now: number; readonly zone: string },
): boolean {
  if (earlier === undefined) return true
  if (reentry.kind === 'keyed') return !earlier.keys.has(key)
  if (earlier.live > 0 || reentry.kind === 'never') return false
  if (reentry.kind === 'after_leaving') return true
  return localDate(now, zone) >= addDays(localDate(earlier.enteredAt, zone), reentry.days)
}

/** Somebody who is let in: the key of the entry, and the first step once it has an id. */
export interface Admitted {
  readonly key: string
  readonly begin: (id: number) => Step
}

/**
 * THE admission: engine, rehearsal, API and hand all ask here whether a caller comes in, and get the first
 * step from here. Null where the re-entry rule keeps the caller out.
 */
export function enter(
  plan: Plan,
  caller: Caller,
  earlier: Entries | undefined,
  at: { readonly now: number; readonly brand: Brand },
): Admitted | null {
  const { reentry } = plan.settings
  const { now, brand } = at
  const key = entryKeyOf(reentry, caller.event)
  const zone = zoneOf(plan, brand)
  if (!mayEnter(reentry, key, earlier, { now, zone })) return null
  const begin = (id: number) =>
    admit(plan, { id, customerId: caller.customer.id, now, entry: entryOf(caller), zone })
  return { key, begin }
}

/** Earlier entries with one more, that has just begun. */
export function oneMore(earlier: Entries | undefined, key: string, enteredAt: number): Entries {
  return {
    enteredAt: Math.max(enteredAt, earlier?.enteredAt ?? enteredAt),
    live: (earlier?.live ?? 0) + 1,
    keys: new Set([...(earlier?.keys ?? []), key]),
  }
}

/** Earlier entries of which one has just ended. */
export function oneLess(earlier: Entries): Entries {
  return { ...earlier, live: earlier.live - 1 }
}
