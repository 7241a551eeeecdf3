import type { Plan } from '../../shared/compile/plan.ts'
import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { orderEvent } from '../../shared/conditions/purchases.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type EventEntrance, type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { unit } from '../../shared/stats/hash.ts'
import { followsWithinMs, type RehearsalSource } from '../ports/rehearsal.ts'
import type { Past } from './behaviour.ts'
import { letInBy } from './entrants.ts'
import type { WholePast } from './models.ts'
import { nearest, type PastMoment, sameInPastYears } from './seasons.ts'
import type { Entered } from './world.ts'

const dayMs = 86_400_000

/** Fewer than this say little about anybody. */
const leastPeople = 50
/** So many at most are looked at, drawn by hash. */
const mostPeople = 4000
/** The same week is a week wide at least. */
const aroundMs = 3.5 * dayMs
/** Where past years are silent, how far back events that let in are looked for. */
const recentMs = 120 * dayMs
/** What came later than so short a time before the start has not been followed up. */
const followedForMs = 14 * dayMs
/** What somebody did later than this after a past entry is not asked for. */
const longestMs = 400 * dayMs

export interface PastRequest {
  readonly plan: Plan
  readonly brand: Brand
  readonly source: RehearsalSource
  readonly saved: SavedAudience
  readonly start: number
  /** Names of what somebody may do unprompted. */
  readonly names: readonly string[]
  /** The first of these events on record. */
  readonly first: number
}

/** Pasts of those who came, or would have come, at the moments of past years that are the same as now. */
export interface SameWeeks {
  readonly pasts: readonly Past[]
  /** When they begin, newest first. */
  readonly moments: readonly number[]
  readonly festival: string | null
  readonly people: 'entrants' | 'everybody'
}

interface Someone {
  readonly id: string
  readonly at: number
}

/** So many of them at most, the same always. */
function some<T extends { readonly id: string }>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  return all.filter(({ id }) => unit('sample', id) < most / all.length)
}

/** Orders that a message may have brought about are left to the rate that stands for them. */
function unprompted(events: readonly CustomerEvent[], written: readonly number[]): CustomerEvent[] {
  if (written.length === 0) return [...events]
  return events.filter(
    ({ name, at }) =>
      name !== orderEvent || !written.some((sent) => sent < at && at <= sent + followsWithinMs),
  )
}

/** What people did from moments of their own on, which stand for moments of the rehearsal. */
async function pastsOf(
  { source, names, start }: PastRequest,
  people: readonly Someone[],
  as: (at: number) => number,
): Promise<Past[]> {
  const [first] = people
  if (first === undefined) return []
  const from = people.reduce((least, { at }) => Math.min(least, at), first.at)
  const last = people.reduce((most, { at }) => Math.max(most, at), first.at)
  const until = Math.min(start, last + longestMs)
  const ids = [...new Set(people.map(({ id }) => id))]
  const events = await source.eventsOf(ids, names, from, until)
  const written = await source.writtenTo(ids, from - followsWithinMs, until)
  return people.map(({ id, at }) => {
    const own = (events.get(id) ?? []).filter((event) => event.at > at)
    return { at, as: as(at), events: unprompted(own, written.get(id) ?? []) }
  })
}

const allAt = (ids: readonly string[], at: number): Someone[] => ids.map((id) => ({ id, at }))

/** Of some customers, those who were known at a moment already. */
async function knownThen({ source }: PastRequest, ids: readonly string[], then: number): Promise<Someone[]> {
  const meant = new Set(ids)
  const known = await source.knownBy(then)
  return allAt(
    known.filter((id) => meant.has(id)),
    then,
  )
}

/** Who came in, or would have come in, at a moment of a past year, by each kind of entrance. */
const entrantsThen: ForEntrances<[PastRequest, Entered, PastMoment], Promise<Someone[]>> = {
  schedule: async ({ audience }, request, _entered, { at: then, occurrence }) => {
    const { plan, brand, source } = request
    const anchors = anchorsAt(plan, occurrence, then, brand)
    const moment = { now: then, knownUntil: then, zone: zoneOf(plan, brand), anchors }
    return allAt(await source.select(audience, moment, then), then)
  },
  event: async (entrance, request, { at, until }, { at: then }) => {
    const found = await letInBy(request, entrance, then - aroundMs, then + until - at + aroundMs)
    return found.map(({ customerId, event }) => ({ id: customerId, at: event.at }))
  },
  manual: async (_entrance, request, { ids }, { at: then }) => knownThen(request, ids, then),
  membership: async (_entrance, request, { ids }, { at: then }) => knownThen(request, ids, then),
  absence: async (_entrance, request, { ids }, { at: then }) => knownThen(request, ids, then),
  journey: async (_entrance, request, { ids }, { at: then }) => knownThen(request, ids, then),
}

/** The event by which people come in; what they did says nothing of others who did no such thing. */
const eventOf: ForEntrances<[], EventEntrance | null> = {
  schedule: () => null,
  event: (entrance) => entrance,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** The same weeks of past years, for those of a trigger; null where too little is known of them. */
export async function sameWeeks(request: PastRequest, entered: Entered): Promise<SameWeeks | null> {
  const { plan, brand, source, first } = request
  const { at, anchors, entrance } = entered
  const zone = zoneOf(plan, brand)
  const occurrence = nearest(plan.festivals, anchors, at)
  const moments = sameInPastYears(at, occurrence, { zone, first })
  const festival = occurrence?.festival ?? null
  const gather = async (who: (moment: PastMoment) => Promise<readonly Someone[]>) => {
    const pasts: Past[] = []
    const told: number[] = []
    for (const moment of moments) {
      const people = some(await who(moment), mostPeople / moments.length)
      if (people.length > 0) told.push(moment.at)
      pasts.push(...(await pastsOf(request, people, (own) => own - moment.at + at)))
    }
    return pasts.length < leastPeople ? null : { pasts, moments: told, festival }
  }
  const entrants = await gather((moment) => forEntrance(entrantsThen, entrance, request, entered, moment))
  if (entrants !== null) return { ...entrants, people: 'entrants' }
  if (forEntrance(eventOf, entrance) !== null) return null
  const everybody = await gather(async ({ at: then }) => allAt(await source.knownBy(then), then))
  return everybody === null ? null : { ...everybody, people: 'everybody' }
}

/** Of those whom an event lets in: what followed such events lately; null where there were too few. */
export async function afterSuchEvents(
  request: PastRequest,
  { entrance, at }: Entered,
): Promise<Past[] | null> {
  const event = forEntrance(eventOf, entrance)
  if (event === null) return null
  const { first, start } = request
  const found = await letInBy(request, event, Math.max(first, start - recentMs), start - followedForMs)
  const people = some(
    found.map((one) => ({ id: one.customerId, at: one.event.at })),
    mostPeople,
  )
  return people.length < leastPeople ? null : pastsOf(request, people, () => at)
}

/** The whole past of everybody; null where too little is known. */
export async function wholePast({ source, names, start, first }: PastRequest): Promise<WholePast[] | null> {
  const people = some(allAt(await source.knownBy(start), start), mostPeople)
  if (people.length < leastPeople) return null
  const ids = people.map(({ id }) => id)
  const since = await source.knownSince(ids)
  const events = await source.eventsOf(ids, names, first, start)
  const written = await source.writtenTo(ids, first - followsWithinMs, start)
  return ids.map((id) => ({
    since: Math.max(first, since.get(id) ?? first),
    events: unprompted(events.get(id) ?? [], written.get(id) ?? []),
  }))
}
