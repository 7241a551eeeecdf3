import type { Plan } from '../../shared/compile/plan.ts'
import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import { type ConditionNeeds, needsOf } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { conditionOf } from '../../shared/journey/exits.ts'
import {
  type AbsenceEntrance,
  type Entrance,
  type EventEntrance,
  type ForEntrances,
  forEntrance,
  type JourneyEntrance,
} from '../../shared/nodes/entrance.ts'
import { exitsOf } from '../../shared/run/exits.ts'
import { canTell, exitDoors, type WatchDoor } from '../../shared/run/watching.ts'
import type { Watch } from '../ports/entering.ts'
import { mergedNeeds } from './needs.ts'

/** A trigger of another live journey, with how it lets in. */
export interface Door<Way> {
  readonly plan: Plan
  readonly trigger: string
  readonly entrance: Way
}

/** The triggers of other live journeys that open one by one; those that time opens are schedules. */
export interface Doors {
  readonly events: Door<EventEntrance>[]
  readonly absences: Door<AbsenceEntrance>[]
  readonly memberships: WatchDoor[]
  readonly follows: Door<JourneyEntrance>[]
  /** By joining or leaving these audiences people leave their journey. */
  readonly exits: WatchDoor[]
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
export function needsOfDoors(plan: Plan): ConditionNeeds {
  const { triggers } = plan
  const asked = triggers.map(({ entrance }) => forEntrance(asks, entrance))
  const exits = exitsOf(plan).map(conditionOf)
  const events = [...new Set(asked.flatMap((one) => one.events))]
  const conditions = needsOf([...asked.flatMap(({ audiences }) => audiences), ...exits])
  return mergedNeeds(conditions, { tags: false, audiences: [], events, addresses: false })
}

interface Known {
  readonly start: number
  readonly watches: readonly Watch[]
  readonly saved: SavedAudience
}

/** As the engine watches it: what lies before its last look it has noticed already. */
function watchedAs(door: WatchDoor, { watches }: Known): WatchDoor {
  const { id } = door.plan.journey
  const watch = watches.find(({ journeyId, node }) => journeyId === id && node === door.trigger)
  if (watch === undefined) return door
  return { ...door, from: Math.max(door.from, watch.lookedAt ?? door.from), state: watch.state }
}

const sorted: ForEntrances<[doors: Doors, at: Pick<Door<Entrance>, 'plan' | 'trigger'>, Known], void> = {
  schedule: () => undefined,
  event: (entrance, { events }, at) => void events.push({ ...at, entrance }),
  manual: (_entrance, { byHand }, at) => void byHand.push(at),
  membership: (entrance, { memberships }, at, known) => {
    if (!canTell(entrance, known.saved)) return
    memberships.push(watchedAs({ ...at, entrance, from: known.start, state: 'published' }, known))
  },
  absence: (entrance, { absences }, at) => void absences.push({ ...at, entrance }),
  journey: (entrance, { follows }, at) => void follows.push({ ...at, entrance }),
}

/** The triggers of live journeys by how they let in. */
export function doorsOf(plans: readonly Plan[], known: Known): Doors {
  const doors: Doors = { events: [], absences: [], memberships: [], follows: [], exits: [], byHand: [] }
  for (const plan of plans) {
    for (const { id: trigger, entrance } of plan.triggers)
      forEntrance(sorted, entrance, doors, { plan, trigger }, known)
    doors.exits.push(...exitDoors(plan, known.saved, known.start).map((door) => watchedAs(door, known)))
  }
  return doors
}
