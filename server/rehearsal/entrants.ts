import type { Plan } from '../../shared/compile/plan.ts'
import { namedBy, type SavedAudience } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { type ConditionNeeds, needsOf } from '../../shared/conditions/evaluate.ts'
import { HeldMemberships } from '../../shared/conditions/memberships.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type Entrance, type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt, belongs, fits, triggerByHand } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { PastEvent, RehearsalSource } from '../ports/rehearsal.ts'
import { type Comer, comers, type Stretch } from './comers.ts'
import { needsWith, shownBy } from './needs.ts'
import type { Arrival, Entered } from './world.ts'

const dayMs = 86_400_000

/** How long event triggers let customers in during a rehearsal. */
const admitsForMs = 30 * dayMs

export interface EntrantsRequest {
  readonly plan: Plan
  readonly brand: Brand
  readonly source: RehearsalSource
  readonly saved: SavedAudience
  readonly start: number
  readonly horizon: number
  readonly backtest: boolean
  /** Who is let in by hand at the start. */
  readonly listed: readonly string[]
}

type Arrivals = Map<string, Arrival[]>

function addArrival(arrivals: Arrivals, customerId: string, arrival: Arrival): void {
  const known = arrivals.get(customerId)
  if (known === undefined) arrivals.set(customerId, [arrival])
  else known.push(arrival)
}

async function scheduled(
  request: EntrantsRequest,
  trigger: string,
  entrance: Extract<Entrance, { kind: 'schedule' }>,
  arrivals: Arrivals,
): Promise<void> {
  const { plan, brand, source, start, backtest } = request
  const zone = zoneOf(plan, brand)
  const known = backtest ? {} : { knownUntil: start }
  const zones = entrance.ownDay ? await source.zones() : []
  for (const firing of firingsOf(entrance, zone, zones, request)) {
    const anchors = anchorsAt(plan, firing.anchor, firing.at, brand)
    const moment = { now: firing.at, ...known, zone, anchors }
    const { audience } = entrance
    // The same for all, and so told but once where it is told to threads.
    const surely: Arrival = { at: firing.at, trigger, event: null, anchors, audience: null }
    const perhaps: Arrival = { ...surely, audience }
    // Who comes in elsewhere may be another by then, tagged or put into a list; the rest is as it was.
    const others = [...arrivals.keys()]
    const chosen = await source.select(audience, moment)
    for (const id of others.length === 0 ? chosen : new Set([...chosen, ...others]))
      addArrival(arrivals, id, arrivals.has(id) ? perhaps : surely)
  }
}

type ScheduleEntrance = Extract<Entrance, { kind: 'schedule' }>

/** The first firing from the start on; where each zone has one of its own, the first of each: a day of them. */
function firingsOf(
  entrance: ScheduleEntrance,
  zone: string,
  zones: readonly string[],
  { start, horizon }: EntrantsRequest,
) {
  const firings: NonNullable<ReturnType<ScheduleEntrance['next']>>[] = []
  const until = entrance.ownDay ? Math.min(horizon, start + dayMs - 1) : horizon
  for (
    let firing = entrance.next(start - 1, zone, zones);
    firing !== null && firing.at <= until;
    firing = entrance.ownDay ? entrance.next(firing.at, zone, zones) : null
  )
    firings.push(firing)
  return firings
}

/**
 * Under *backtest* the recorded events of the 30 days after the start let in; under *rates* those of the
 * 30 days before it, as if they came again.
 */
async function byEvents(
  request: EntrantsRequest,
  trigger: string,
  entrance: Extract<Entrance, { kind: 'event' }>,
  arrivals: Arrivals,
): Promise<void> {
  const { plan, brand, source, backtest } = request
  const { from, until, shift } = stretchOf(request)
  // What was asked of the past is not asked again of the days to come.
  const audience = backtest ? entrance.audience : null
  const found = backtest
    ? (await source.eventsBetween(entrance.filter.event, from, until)).filter(({ event }) =>
        fits(entrance, event),
      )
    : await letInBy(request, entrance, from, until)
  for (const { customerId, event } of found) {
    const heard = later(event, shift)
    const anchors = anchorsAt(plan, null, heard.at, brand)
    addArrival(arrivals, customerId, { at: heard.at, trigger, event: heard, anchors, audience })
  }
}

/** When events of the past are taken for those of the rehearsal, and by how much later they then are. */
function stretchOf({ start, horizon, backtest }: EntrantsRequest): Stretch & { readonly shift: number } {
  const shift = backtest ? 0 : admitsForMs
  const from = start - shift
  return { from, until: Math.min(from + admitsForMs, horizon + 1 - shift), shift }
}

/** What comes again has not been recorded: it stands in no order of arrival. */
function later(event: CustomerEvent, shift: number): CustomerEvent {
  if (shift === 0) return event
  const { seq: _seq, ...again } = event
  return { ...again, at: event.at + shift }
}

/**
 * Those who join or leave an audience, lack something or come from another journey: under *backtest* as they did in
 * the 30 days after the start, under *rates* as in the 30 days before it.
 */
async function oneByOne<Way extends Entrance>(
  request: EntrantsRequest,
  trigger: string,
  entrance: Way,
  comersBy: (request: EntrantsRequest, entrance: Way, stretch: Stretch) => Promise<Comer[]>,
  arrivals: Arrivals,
  audience: Condition | null = null,
): Promise<void> {
  const { plan, brand, horizon } = request
  const { shift, ...stretch } = stretchOf(request)
  for (const { customerId, at: then, event } of await comersBy(request, entrance, stretch)) {
    const at = then + shift
    if (at > horizon) continue
    const heard = event === null ? null : later(event, shift)
    const anchors = anchorsAt(plan, null, at, brand)
    addArrival(arrivals, customerId, { at, trigger, event: heard, anchors, audience })
  }
}

/** The events of a stretch of time by which a trigger lets in. */
export async function letInBy(
  request: Pick<EntrantsRequest, 'plan' | 'brand' | 'source' | 'saved'>,
  entrance: Extract<Entrance, { kind: 'event' }>,
  from: number,
  until: number,
): Promise<PastEvent[]> {
  const all = await request.source.eventsBetween(entrance.filter.event, from, until)
  const found = all.filter(({ event }) => fits(entrance, event))
  return entrance.audience === null ? found : belonging(request, entrance.audience, found, from)
}

/** Those of whose customers an audience's condition held at the time; picks are those of the stretch's beginning. */
async function belonging(
  { plan, brand, source, saved }: Pick<EntrantsRequest, 'plan' | 'brand' | 'source' | 'saved'>,
  audience: Condition,
  found: readonly PastEvent[],
  from: number,
): Promise<PastEvent[]> {
  const ids = [...new Set(found.map(({ customerId }) => customerId))]
  const named = namedBy([audience], saved)
  const needs = needsWith(needsOf([audience]), saved)
  const members = await source.members(ids, needs, null, shownBy(needs, brand, from))
  return found.filter(({ customerId, event }) => {
    const member = members.get(customerId)
    if (member === undefined) return false
    const anchors = anchorsAt(plan, null, event.at, brand)
    const facts = { ...member, audiences: new HeldMemberships(member.audiences, named, member) }
    return belongs(plan, audience, event, facts, { now: event.at, brand, anchors })
  })
}

/** How each kind of entrance lets in; by hand nobody comes but those of a list. */
const ways: ForEntrances<[EntrantsRequest, trigger: string, Arrivals], Promise<void>> = {
  schedule: (entrance, request, trigger, arrivals) => scheduled(request, trigger, entrance, arrivals),
  event: (entrance, request, trigger, arrivals) => byEvents(request, trigger, entrance, arrivals),
  manual: async () => undefined,
  membership: (entrance, request, trigger, arrivals) =>
    oneByOne(request, trigger, entrance, comers.membership, arrivals),
  absence: (entrance, request, trigger, arrivals) =>
    oneByOne(request, trigger, entrance, comers.absence, arrivals, entrance.audience),
  journey: (entrance, request, trigger, arrivals) =>
    oneByOne(request, trigger, entrance, comers.journey, arrivals),
}

const timely: ForEntrances<[], 0 | 1> = {
  schedule: () => 1,
  event: () => 0,
  manual: () => 0,
  membership: () => 0,
  absence: () => 0,
  journey: () => 0,
}

const audiences: ForEntrances<[], Condition | null> = {
  schedule: ({ audience }) => audience,
  event: ({ audience }) => audience,
  manual: () => null,
  // Asked of the base before anybody is walked.
  membership: () => null,
  absence: ({ audience }) => audience,
  journey: () => null,
}

/** The audiences of triggers that are asked of those who are walked; where time alone brings people, the base is asked. */
export function audiencesOfTriggers({ triggers }: Plan): Condition[] {
  const alone = triggers.length === 1 && triggers.every(({ entrance }) => forEntrance(timely, entrance) === 1)
  return alone ? [] : triggers.flatMap(({ entrance }) => forEntrance(audiences, entrance) ?? [])
}

/** What they ask for. */
export const needsOfTriggers = (plan: Plan): ConditionNeeds => needsOf(audiencesOfTriggers(plan))

/** Who asks to come in, when and by which trigger, by customer; by hand those of the list, and nobody else. */
export async function entrantsOf(request: EntrantsRequest): Promise<Arrivals> {
  const arrivals: Arrivals = new Map()
  const { plan, brand, start, listed } = request
  const trigger = triggerByHand(plan)?.id
  const anchors = anchorsAt(plan, null, start, brand)
  if (trigger !== undefined)
    for (const id of listed)
      addArrival(arrivals, id, { at: start, trigger, event: null, anchors, audience: null })
  // Whom time brings comes last: by then it is known who else is walked, and may change on the way.
  const byTime = (entrance: Entrance) => forEntrance(timely, entrance)
  for (const { id, entrance } of [...plan.triggers].sort((a, b) => byTime(a.entrance) - byTime(b.entrance)))
    await forEntrance(ways, entrance, request, id, arrivals)
  return arrivals
}

/** The triggers by which somebody comes in, with whom, from when to when. */
export function enteredBy(plan: Plan, arrivals: Awaited<ReturnType<typeof entrantsOf>>): Entered[] {
  const first = new Map<string, { from: Arrival; until: number; ids: Set<string> }>()
  for (const [id, some] of arrivals)
    for (const arrival of some) {
      const known = first.get(arrival.trigger) ?? { from: arrival, until: arrival.at, ids: new Set() }
      known.ids.add(id)
      known.until = Math.max(known.until, arrival.at)
      if (arrival.at < known.from.at) known.from = arrival
      first.set(arrival.trigger, known)
    }
  return plan.triggers.flatMap(({ id: trigger, entrance }) => {
    const found = first.get(trigger)
    if (found === undefined) return []
    const { from, until, ids } = found
    return [{ trigger, entrance, at: from.at, until, anchors: from.anchors, ids: [...ids] }]
  })
}
