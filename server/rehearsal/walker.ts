import { isAct } from '../../shared/conditions/acts.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { isCouponEvent } from '../../shared/coupons/events.ts'
import { isPointEvent } from '../../shared/points/events.ts'
import { isOwnDoing } from '../../shared/run/acts.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { exitDoors } from '../../shared/run/watching.ts'
import type { RehearsalPorts } from '../ports/rehearsal.ts'
import { drawnFrom } from './assumptions.ts'
import { Rehearsed } from './customer.ts'
import { walk } from './households.ts'
import { shownBy } from './needs.ts'
import { boundedIn } from './others.ts'
import type { Script } from './request.ts'
import { type Stage, touchesBefore } from './stage.ts'
import type { Given } from './standing.ts'
import { Tally } from './tally.ts'
import type { Walked } from './walked.ts'
import type { Arrival, Member, RehearsalWorld, Witness } from './world.ts'

/** Some of those who are walked, in whole households, with when they ask to come in. */
export interface Party {
  readonly households: readonly (readonly string[])[]
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>
}

/** Walks one party after the other, none later than the horizon. */
export interface Walker {
  walk(party: Party, horizon: number, onDone: (people: number) => void): Promise<Walked>
}

/** So many customers on, it is told how far the rehearsal is. */
const tellEvery = 100

/** Walks parties in this thread. What comes of one turns on no other: nobody sees more of others than of their household. */
export function walkerOn(
  { source }: Pick<RehearsalPorts, 'source'>,
  { plan, named, saved, others, needs }: Stage,
  { request, assumed: told, since }: Script,
  witness: Witness | null,
): Walker {
  const { journey, brand, start } = request
  const assumed = told === null ? null : drawnFrom(told, journey.id, start)
  const exits = exitDoors(plan, saved, start)
  const window = touchesBefore(brand, start)
  const shown = shownBy(needs, brand, start)
  const asked = { ...needs, since }
  const acts = needs.events.filter(isOwnDoing)
  // Who watches audiences looks again at whatever happens, and comes to know what time has changed meanwhile.
  const heeded = others === null && exits.length === 0 ? new Set(needs.events) : null
  // What journeys are walked here did not happen to them as it did on record.
  const stands = ({ at, name, properties }: CustomerEvent) =>
    !(isAct(name) || ((isCouponEvent(name) || isPointEvent(name)) && properties.journey_id !== undefined)) ||
    at <= start ||
    (others === null && assumed === null && properties.journey_id !== journey.id)

  return {
    async walk({ households, arrivals }, horizon, onDone) {
      const ids = households.flat()
      const theirs = await others?.load(ids)
      const earlier = await source.entries(journey.id, ids, start)
      const members = await source.members(ids, asked, window, shown)
      const tally = new Tally(plan, journey, zoneOf(plan, brand), witness)
      const world: RehearsalWorld = {
        plan,
        brand,
        named,
        assumed,
        exits,
        others,
        horizon,
        tally,
        acts,
        heeded,
      }
      let done = 0
      for (const household of households) {
        const given: Given | null = household.length === 1 ? null : new Map()
        const people = household.flatMap((id) => {
          const facts = members.get(id)
          if (facts === undefined) {
            if (arrivals.has(id)) tally.unreadable()
            return []
          }
          const known = acts.length === 0 ? facts.events : facts.events.filter(stands)
          const events = assumed === null ? known : known.filter(({ at }) => at <= start)
          // Field by field, as everybody has one.
          const member: Member = {
            customer: facts.customer,
            tags: facts.tags,
            audiences: facts.audiences,
            events,
            touches: facts.touches,
            picks: facts.picks,
            arrivals: arrivals.get(id) ?? [],
            earlier: earlier.get(id) ?? null,
            theirs: theirs?.get(id) ?? null,
          }
          return [new Rehearsed(world, member, given)]
        })
        walk(people)
        // What comes later than the breaker does not come.
        world.horizon = Math.min(world.horizon, tally.trip?.at ?? world.horizon)
        if (Math.floor((done + household.length) / tellEvery) > Math.floor(done / tellEvery)) onDone(done)
        done += household.length
      }
      if (others !== null) tally.others({ bounded: boundedIn(others), unread: others.unread() })
      return tally.walked()
    },
  }
}
