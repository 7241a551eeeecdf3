import type { Plan } from '../../shared/compile/plan.ts'
import { needsOf } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type Entrance, type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt, belongs, fits, triggerByHand } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { PastEvent, RehearsalSource } from '../ports/rehearsal.ts'
import type { Arrival, Entered } from './world.ts'

const dayMs = 86_400_000

/** How long event triggers let customers in during a rehearsal. */
const admitsForMs = 30 * dayMs

export interface EntrantsRequest {
  readonly plan: Plan
  readonly brand: Brand
  readonly source: RehearsalSource
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
    for (const id of await source.select(entrance.audience, moment))
      addArrival(arrivals, id, { at: firing.at, trigger, event: null, anchors })
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
  const { plan, brand, start, horizon, backtest } = request
  const shift = backtest ? 0 : admitsForMs
  const from = start - shift
  const until = Math.min(from + admitsForMs, horizon + 1 - shift)
  for (const { customerId, event } of await letInBy(request, entrance, from, until)) {
    const at = event.at + shift
    const anchors = anchorsAt(plan, null, at, brand)
    // What comes again has not been recorded: it stands in no order of arrival.
    const { seq: _seq, ...again } = event
    addArrival(arrivals, customerId, { at, trigger, event: shift === 0 ? event : { ...again, at }, anchors })
  }
}

/** The events of a stretch of time by which a trigger lets in. */
export async function letInBy(
  request: Pick<EntrantsRequest, 'plan' | 'brand' | 'source'>,
  entrance: Extract<Entrance, { kind: 'event' }>,
  from: number,
  until: number,
): Promise<PastEvent[]> {
  const all = await request.source.eventsBetween(entrance.filter.event, from, until)
  const found = all.filter(({ event }) => fits(entrance, event))
  return entrance.audience === null ? found : belonging(request, entrance.audience, found)
}

/** Those of whose customers an audience's condition held at the time. */
async function belonging(
  { plan, brand, source }: Pick<EntrantsRequest, 'plan' | 'brand' | 'source'>,
  audience: Condition,
  found: readonly PastEvent[],
): Promise<PastEvent[]> {
  const ids = [...new Set(found.map(({ customerId }) => customerId))]
  const members = await source.members(ids, needsOf([audience]), null)
  return found.filter(({ customerId, event }) => {
    const member = members.get(customerId)
    if (member === undefined) return false
    const anchors = anchorsAt(plan, null, event.at, brand)
    return belongs(plan, audience, event, member, { now: event.at, brand, anchors })
  })
}

/** How each kind of entrance lets in; by hand nobody comes but those of a list. */
const ways: ForEntrances<[EntrantsRequest, trigger: string, Arrivals], Promise<void>> = {
  schedule: (entrance, request, trigger, arrivals) => scheduled(request, trigger, entrance, arrivals),
  event: (entrance, request, trigger, arrivals) => byEvents(request, trigger, entrance, arrivals),
  manual: async () => undefined,
}

/** Who comes in, when and by which trigger, by customer; by hand those of the list, and nobody else. */
export async function entrantsOf(request: EntrantsRequest): Promise<Arrivals> {
  const arrivals: Arrivals = new Map()
  for (const { id, entrance } of request.plan.triggers) {
    await forEntrance(ways, entrance, request, id, arrivals)
  }
  const { plan, brand, start, listed } = request
  const trigger = triggerByHand(plan)?.id
  const anchors = anchorsAt(plan, null, start, brand)
  if (trigger !== undefined)
    for (const id of listed) addArrival(arrivals, id, { at: start, trigger, event: null, anchors })
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
