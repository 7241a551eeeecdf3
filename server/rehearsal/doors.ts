import type { Plan } from '../../shared/compile/plan.ts'
import { type NamedAudiences, namedBy, type SavedAudience } from '../../shared/conditions/audiences.ts'
import { type ConditionNeeds, needsOf } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import {
  type AbsenceEntrance,
  type Entrance,
  type EventEntrance,
  type ForEntrances,
  forEntrance,
  type JourneyEntrance,
  type MembershipEntrance,
} from '../../shared/nodes/entrance.ts'
import type { Watch } from '../ports/entering.ts'
import { mergedNeeds } from './needs.ts'

/** A trigger of another live journey, with how it lets in. */
export interface Door<Way> {
  readonly plan: Plan
  readonly trigger: string
  readonly entrance: Way
}

/** By joining or leaving an audience: from when it is looked, and whether the first look finds out who is of it. */
export interface WatchDoor extends Door<MembershipEntrance> {
  readonly from: number
  readonly state: Watch['state']
}

/** The triggers of other live journeys that open one by one; those that time opens are schedules. */
export interface Doors {
  readonly events: Door<EventEntrance>[]
  readonly absences: Door<AbsenceEntrance>[]
  readonly memberships: WatchDoor[]
  readonly follows: Door<JourneyEntrance>[]
  /** Nobody can say beforehand whom a person or another system will send in. */
  readonly byHand: Pick<Door<Entrance>, 'plan' | 'trigger'>[]
}

interface Asked {
  readonly audiences: readonly Condition[]
  readonly events: readonly string[]
}

/** What each kind of entrance asks of a customer. */
const asks: ForEntrances<[], Asked> = {
  schedule: ({ audience }) => ({ audiences: [audience], events: [] }),
  event: ({ audience, filter }) => ({
    audiences: audience === null ? [] : [audience],
    events: [filter.event],
  }),
  manual: () => ({ audiences: [], events: [] }),
  membership: ({ audience }) => ({ audiences: [audience], events: [] }),
  absence: ({ audience, filter, missing }) => ({
    audiences: audience === null ? [] : [audience],
    events: [filter.event, missing.event],
  }),
  journey: () => ({ audiences: [], events: [] }),
}

/** What must be known of customers to tell whether they come into a journey. */
export function needsOfDoors({ triggers }: Plan): ConditionNeeds {
  const asked = triggers.map(({ entrance }) => forEntrance(asks, entrance))
  const events = [...new Set(asked.flatMap((one) => one.events))]
  const conditions = needsOf(asked.flatMap(({ audiences }) => audiences))
  return mergedNeeds(conditions, { tags: false, audiences: [], events })
}

interface Known {
  readonly start: number
  readonly watches: readonly Watch[]
  readonly saved: SavedAudience
}

const isTold = ({ unknown }: NamedAudiences) => unknown.size === 0

const sorted: ForEntrances<[doors: Doors, at: Pick<Door<Entrance>, 'plan' | 'trigger'>, Known], void> = {
  schedule: () => undefined,
  event: (entrance, { events }, at) => void events.push({ ...at, entrance }),
  manual: (_entrance, { byHand }, at) => void byHand.push(at),
  membership: (entrance, { memberships }, at, { start, watches, saved }) => {
    const id = at.plan.journey.id
    const watch = watches.find(({ journeyId, node }) => journeyId === id && node === at.trigger)
    // Of whom nobody can say who they are, nobody comes in.
    if (watch === undefined || !isTold(namedBy([entrance.audience], saved))) return
    // What lies before the engine's last look it has noticed already.
    memberships.push({ ...at, entrance, from: Math.max(start, watch.lookedAt ?? start), state: watch.state })
  },
  absence: (entrance, { absences }, at) => void absences.push({ ...at, entrance }),
  journey: (entrance, { follows }, at) => void follows.push({ ...at, entrance }),
}

/** The triggers of live journeys by how they let in. */
export function doorsOf(plans: readonly Plan[], known: Known): Doors {
  const doors: Doors = { events: [], absences: [], memberships: [], follows: [], byHand: [] }
  for (const plan of plans)
    for (const { id: trigger, entrance } of plan.triggers)
      forEntrance(sorted, entrance, doors, { plan, trigger }, known)
  return doors
}
