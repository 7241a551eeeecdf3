import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { FestivalId } from '../../shared/calendar/index.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import { type ConditionNeeds, needsOf } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import {
  type Entrance,
  type EventEntrance,
  type ForEntrances,
  forEntrance,
  type ScheduleEntrance,
} from '../../shared/nodes/entrance.ts'
import type { Enrollment, Registry } from '../../shared/nodes/type.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { DueTrigger, Entries } from '../ports/engine.ts'
import { isStuck } from '../ports/failing.ts'
import type { RehearsalPorts } from '../ports/rehearsal.ts'
import { troubleOf } from '../ports/trouble.ts'
import { mergedNeeds, needsOfPlan, needsWith } from './needs.ts'

/**
 * Another journey that fires more often is asked at such distances only: everybody is asked at each, and what
 * it writes counts by the day or more.
 */
export const leastApartMs = 6 * 3_600_000

/** A moment at which a trigger of another journey lets in whoever its condition holds for. */
export interface Firing {
  readonly at: number
  readonly anchors: Readonly<Partial<Record<FestivalId, string>>>
}

/** A scheduled trigger of another live journey, from its next firing on. */
export interface Schedule {
  readonly plan: Plan
  readonly trigger: string
  readonly audience: Condition
  /** Of a first firing that is under way: whoever comes up to this one has been let in already. */
  readonly cursor: string | null
  /** The firing of that number, counted from 0; null after the last. */
  firing(index: number): Firing | null
  /** Whether firings that came sooner after another than `leastApartMs` have been left out. */
  bounded(): boolean
}

export interface EventTrigger {
  readonly plan: Plan
  readonly trigger: string
  readonly entrance: EventEntrance
}

/** What other live journeys have to do with one customer as the rehearsal begins. */
export interface Theirs {
  readonly underWay: readonly { readonly plan: Plan; readonly enrollment: Enrollment }[]
  /** Earlier entries, by journey. */
  readonly entries: ReadonlyMap<string, Entries>
}

/** The other live journeys of a brand: what they are going to send counts towards the caps (rule 28). */
export interface Others {
  readonly schedules: readonly Schedule[]
  readonly eventTriggers: readonly EventTrigger[]
  /** What must be known of customers to play what has been loaded so far. */
  needs(): ConditionNeeds
  load(ids: readonly string[]): Promise<Map<string, Theirs>>
  /** Journeys of which a version that matters could not be read so far. */
  unread(): readonly string[]
}

export interface OthersRequest {
  readonly store: RehearsalPorts['engine']
  /** The rehearsed one. */
  readonly except: string
  readonly brand: Brand
  readonly saved: SavedAudience
  readonly registry: Registry
}

type PlanFor = (journeyId: string, version: number) => Promise<Plan | null>

interface PlanReaderDeps {
  readonly onNeeds: (needs: ConditionNeeds) => void
  readonly onUnread: (journeyId: string) => void
}

/** Plans of what runs, read once. A version that cannot be read sends nothing: the engine holds it up too (rule 26). */
function planReader(request: OthersRequest, { onNeeds, onUnread }: PlanReaderDeps): PlanFor {
  const { store, saved, registry } = request
  const plans = new Map<string, Plan | null>()
  const read = async (journeyId: string, version: number): Promise<Plan> => {
    const { journey, table } = await store.version(journeyId, version)
    const plan = planOf(journey, table, version, registry)
    const ofTriggers = needsOf(plan.triggers.flatMap(({ entrance }) => wayOf(entrance).audience ?? []))
    onNeeds(needsWith(mergedNeeds(needsOfPlan(plan, journey), ofTriggers), saved))
    return plan
  }
  return async (journeyId, version) => {
    const key = `${journeyId}@${version}`
    const known = plans.get(key)
    if (known !== undefined) return known
    const plan = await read(journeyId, version).catch((error: unknown) => {
      // The store's own troubles are of the whole rehearsal.
      if (troubleOf(error) !== null) throw error
      onUnread(journeyId)
      return null
    })
    plans.set(key, plan)
    return plan
  }
}

/** How another journey may let anybody in meanwhile: at its times, by an event, or not by itself. */
interface Way {
  readonly audience: Condition | null
  readonly timed: ScheduleEntrance | null
  readonly opened: EventEntrance | null
}

const ways: ForEntrances<[], Way> = {
  schedule: (entrance) => ({ audience: entrance.audience, timed: entrance, opened: null }),
  event: (entrance) => ({ audience: entrance.audience, timed: null, opened: entrance }),
  manual: () => ({ audience: null, timed: null, opened: null }),
  // Of these nobody can say beforehand whom they will bring.
  membership: () => ({ audience: null, timed: null, opened: null }),
  absence: () => ({ audience: null, timed: null, opened: null }),
  journey: () => ({ audience: null, timed: null, opened: null }),
}

const wayOf = (entrance: Entrance): Way => forEntrance(ways, entrance)

function scheduleOf(
  plan: Plan,
  trigger: DueTrigger,
  brand: Brand,
  zones: readonly string[],
): Schedule | null {
  const found = plan.triggers.find(({ id }) => id === trigger.node)
  const entrance = found === undefined ? null : wayOf(found.entrance).timed
  if (entrance === null) return null
  const zone = zoneOf(plan, brand)
  const firings: Firing[] = []
  let bounded = false
  let next: ReturnType<typeof entrance.next> = { at: trigger.dueAt, anchor: null }
  /** The next firing; one that comes too soon after the last gives way to the first that does not. */
  const after = (at: number) => {
    const zonesOfTheirs = entrance.ownDay ? zones : []
    const found = entrance.next(at, zone, zonesOfTheirs)
    // Firings of one day for people of other zones are not the same people again.
    if (found === null || entrance.ownDay || found.at - at >= leastApartMs) return found
    bounded = true
    return entrance.next(at + leastApartMs - 1, zone, zonesOfTheirs)
  }
  let anchor: DueTrigger['anchor'] = trigger.anchor
  const firing = (index: number): Firing | null => {
    while (firings.length <= index && next !== null) {
      firings.push({ at: next.at, anchors: anchorsAt(plan, anchor, next.at, brand) })
      next = after(next.at)
      anchor = next?.anchor ?? null
    }
    return firings[index] ?? null
  }
  return {
    ...{ plan, trigger: trigger.node, audience: entrance.audience, cursor: trigger.cursor },
    ...{ firing, bounded: () => bounded },
  }
}

async function schedulesOf({ store, brand }: OthersRequest, ids: ReadonlySet<string>, planFor: PlanFor) {
  const schedules: Schedule[] = []
  const zones = await store.zones()
  for (const trigger of await store.dueTriggers(Number.MAX_SAFE_INTEGER)) {
    const plan = ids.has(trigger.journeyId) ? await planFor(trigger.journeyId, trigger.version) : null
    const schedule = plan === null ? null : scheduleOf(plan, trigger, brand, zones)
    if (schedule !== null) schedules.push(schedule)
  }
  return schedules
}

/** The other live journeys, as far as they may still write to anybody. */
export async function othersOf(request: OthersRequest): Promise<Others> {
  const { store, except } = request
  let needs: ConditionNeeds = { tags: false, audiences: [], events: [] }
  const unread = new Set<string>()
  const planFor = planReader(request, {
    onNeeds: (more) => {
      needs = mergedNeeds(needs, more)
    },
    onUnread: (journeyId) => unread.add(journeyId),
  })
  const live = (await store.journeys()).filter(({ id, status }) => status === 'live' && id !== except)
  const ids = new Set(live.map(({ id }) => id))
  const eventTriggers: EventTrigger[] = []
  for (const { id, liveVersion } of live) {
    const plan = liveVersion === null ? null : await planFor(id, liveVersion)
    for (const { id: trigger, entrance } of plan?.triggers ?? []) {
      const { opened } = wayOf(entrance)
      if (plan !== null && opened !== null) eventTriggers.push({ plan, trigger, entrance: opened })
    }
  }

  const load = async (customers: readonly string[]): Promise<Map<string, Theirs>> => {
    const found = new Map(
      customers.map((id) => [
        id,
        { underWay: [] as { plan: Plan; enrollment: Enrollment }[], entries: new Map<string, Entries>() },
      ]),
    )
    for (const stored of await store.enrollmentsOf(customers)) {
      const { enrollment } = stored
      // Who is stuck is sent nothing until a person retries.
      if (!ids.has(enrollment.journeyId) || isStuck(stored)) continue
      const plan = await planFor(enrollment.journeyId, enrollment.version)
      if (plan !== null) found.get(enrollment.customerId)?.underWay.push({ plan, enrollment })
    }
    for (const journeyId of ids)
      for (const [id, entries] of await store.entries(journeyId, customers))
        found.get(id)?.entries.set(journeyId, entries)
    return found
  }

  const schedules = await schedulesOf(request, ids, planFor)
  return { schedules, eventTriggers, needs: () => needs, load, unread: () => [...unread].sort() }
}

/** The journeys that were asked less often than they fire. */
export function boundedOf({ schedules }: Others): RehearsalReport['bounded'] {
  return schedules
    .filter((schedule) => schedule.bounded())
    .map(({ plan: { journey }, trigger }) => ({
      ...{ journey: journey.id, name: journey.name, node: trigger },
      hours: leastApartMs / 3_600_000,
    }))
}
