import type { Plan } from '../../shared/compile/plan.ts'
import { needsOf } from '../../shared/conditions/evaluate.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Entrance } from '../../shared/nodes/type.ts'
import { anchorsAt, belongs, fits } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { PastEvent, RehearsalSource } from '../store/sqlite/rehearsal.ts'
import type { Arrival } from './world.ts'

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
}

type Arrivals = Map<string, Arrival[]>

function addArrival(arrivals: Arrivals, customerId: string, arrival: Arrival): void {
  const known = arrivals.get(customerId)
  if (known === undefined) arrivals.set(customerId, [arrival])
  else known.push(arrival)
}

function scheduled(
  request: EntrantsRequest,
  trigger: string,
  entrance: Extract<Entrance, { kind: 'schedule' }>,
  arrivals: Arrivals,
): void {
  const { plan, brand, source, start, backtest } = request
  const zone = zoneOf(plan, brand)
  const known = backtest ? {} : { knownUntil: start }
  for (const firing of firingsOf(entrance, zone, request)) {
    const anchors = anchorsAt(plan, firing.anchor, firing.at, brand)
    for (const { id } of source.select(entrance.audience, { now: firing.at, ...known, zone, anchors }))
      addArrival(arrivals, id, { at: firing.at, trigger, event: null, anchors })
  }
}

type ScheduleEntrance = Extract<Entrance, { kind: 'schedule' }>

/** The first firing from the start on; where each zone has one of its own, the first of each: a day of them. */
function firingsOf(entrance: ScheduleEntrance, zone: string, { source, start, horizon }: EntrantsRequest) {
  const firings: NonNullable<ReturnType<ScheduleEntrance['next']>>[] = []
  const zones = entrance.ownDay ? source.zones() : []
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
function byEvents(
  request: EntrantsRequest,
  trigger: string,
  entrance: Extract<Entrance, { kind: 'event' }>,
  arrivals: Arrivals,
): void {
  const { plan, brand, source, start, horizon, backtest } = request
  const shift = backtest ? 0 : admitsForMs
  const from = start - shift
  const until = Math.min(from + admitsForMs, horizon + 1 - shift)
  const found = source
    .eventsBetween(entrance.filter.event, from, until)
    .filter(({ event }) => fits(entrance, event))
  const welcome = entrance.audience === null ? found : found.filter((one) => holds(request, entrance, one))
  for (const { customerId, event } of welcome) {
    const at = event.at + shift
    const anchors = anchorsAt(plan, null, at, brand)
    // What comes again has not been recorded: it stands in no order of arrival.
    const { seq: _seq, ...again } = event
    addArrival(arrivals, customerId, { at, trigger, event: shift === 0 ? event : { ...again, at }, anchors })
  }
}

function holds(
  { plan, brand, source }: EntrantsRequest,
  entrance: Extract<Entrance, { kind: 'event' }>,
  { customerId, event }: PastEvent,
): boolean {
  if (entrance.audience === null) return true
  const needs = needsOf([entrance.audience])
  const member = source.members([customerId], needs, null).get(customerId)
  if (member === undefined) return false
  const now = event.at
  const { audience } = entrance
  return belongs(plan, audience, event, member, { now, brand, anchors: anchorsAt(plan, null, now, brand) })
}

/** Who comes in, when and by which trigger, by customer. Manual triggers let nobody in by themselves. */
export function entrantsOf(request: EntrantsRequest): Arrivals {
  const arrivals: Arrivals = new Map()
  for (const { id, entrance } of request.plan.triggers) {
    if (entrance.kind === 'schedule') scheduled(request, id, entrance, arrivals)
    else if (entrance.kind === 'event') byEvents(request, id, entrance, arrivals)
  }
  return arrivals
}
