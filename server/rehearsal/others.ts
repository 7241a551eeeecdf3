import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { FestivalId } from '../../shared/calendar/index.ts'
import { type Plan, planOf } from '../../shared/compile/plan.ts'
import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../shared/nodes/entrance.ts'
import type { Enrollment, Registry } from '../../shared/nodes/type.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { DueTrigger, Entries } from '../ports/engine.ts'
import { isStuck } from '../ports/failing.ts'
import type { RehearsalPorts } from '../ports/rehearsal.ts'
import { troubleOf } from '../ports/trouble.ts'
import { type Doors, doorsOf, needsOfDoors } from './doors.ts'
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

/** Somebody whom the engine has noted for another live journey, and when it is told whether they come in. */
export interface Noted {
  readonly plan: Plan
  readonly trigger: string
  readonly event: CustomerEvent | null
  readonly at: number
}

/** What other live journeys have to do with one customer as the rehearsal begins. */
export interface Theirs {
  readonly underWay: readonly { readonly plan: Plan; readonly enrollment: Enrollment }[]
  /** Earlier entries, by journey. */
  readonly entries: ReadonlyMap<string, Entries>
  readonly noted: readonly Noted[]
  /** Triggers, as `journey node`, by whose audience they were at the engine's last look. */
  readonly memberOf: ReadonlySet<string>
}

/** The other live journeys of a brand: what they are going to send counts towards the caps (rule 28). */
export interface Others {
  readonly schedules: readonly Schedule[]
  readonly doors: Doors
  /** What must be known of customers to play all that they may be under way in. */
  readonly needs: ConditionNeeds
  load(ids: readonly string[]): Promise<Map<string, Theirs>>
  /** Journeys of which a version that matters could not be read so far. */
  unread(): ReadonlySet<string>
}

export interface OthersRequest {
  readonly store: RehearsalPorts['engine']
  readonly source: Pick<RehearsalPorts['source'], 'noted' | 'watched' | 'versionsUnderWay'>
  readonly start: number
  /** The rehearsed one. */
  readonly except: string
  readonly brand: Brand
  readonly saved: SavedAudience
  readonly registry: Registry
}

const none: ReadonlySet<string> = new Set()

type PlanFor = (journeyId: string, version: number) => Promise<Plan | null>

/** Plans of what runs, read once. A version that cannot be read sends nothing: the engine holds it up too (rule 26). */
function planReader(request: OthersRequest, onNeeds: (needs: ConditionNeeds) => void): PlanFor {
  const { store, saved, registry } = request
  const plans = new Map<string, Plan | null>()
  const read = async (journeyId: string, version: number): Promise<Plan> => {
    const { journey, table } = await store.version(journeyId, version)
    const plan = planOf(journey, table, version, registry)
    onNeeds(needsWith(mergedNeeds(needsOfPlan(plan, journey), needsOfDoors(plan)), saved))
    return plan
  }
  return async (journeyId, version) => {
    const key = `${journeyId}@${version}`
    const known = plans.get(key)
    if (known !== undefined) return known
    const plan = await read(journeyId, version).catch((error: unknown) => {
      // The store's own troubles are of the whole rehearsal.
      if (troubleOf(error) !== null) throw error
      return null
    })
    plans.set(key, plan)
    return plan
  }
}

const timed: ForEntrances<[], ScheduleEntrance | null> = {
  schedule: (entrance) => entrance,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

function scheduleOf(
  plan: Plan,
  trigger: DueTrigger,
  brand: Brand,
  zones: readonly string[],
): Schedule | null {
  const found = plan.triggers.find(({ id }) => id === trigger.node)
  const entrance = found === undefined ? null : forEntrance(timed, found.entrance)
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
  const { store, source, except } = request
  let needs: ConditionNeeds = { tags: false, audiences: [], events: [], addresses: false }
  const unread = new Set<string>()
  const read = planReader(request, (more) => {
    needs = mergedNeeds(needs, more)
  })
  const planFor: PlanFor = async (journeyId, version) => {
    const plan = await read(journeyId, version)
    if (plan === null) unread.add(journeyId)
    return plan
  }
  const live = (await store.journeys()).filter(({ id, status }) => status === 'live' && id !== except)
  const ids = new Set(live.map(({ id }) => id))
  const plans: Plan[] = []
  for (const { id, liveVersion } of live) {
    const plan = liveVersion === null ? null : await planFor(id, liveVersion)
    if (plan !== null) plans.push(plan)
  }
  const { start, saved } = request
  const doors = doorsOf(plans, { start, saved, watches: await store.watches() })

  // What is known of somebody must not turn on who has been loaded before.
  for (const { journeyId, version } of await source.versionsUnderWay([...ids])) await read(journeyId, version)

  const load = async (customers: readonly string[]): Promise<Map<string, Theirs>> => {
    const memberOf = await source.watched(customers)
    const found = new Map(
      customers.map((id) => [
        id,
        {
          underWay: [] as { plan: Plan; enrollment: Enrollment }[],
          entries: new Map<string, Entries>(),
          noted: [] as Noted[],
          memberOf: memberOf.get(id) ?? none,
        },
      ]),
    )
    for (const stored of await store.enrollmentsOf(customers)) {
      const { enrollment } = stored
      // Who is stuck is sent nothing until a person retries.
      if (!ids.has(enrollment.journeyId) || isStuck(stored)) continue
      const plan = await planFor(enrollment.journeyId, enrollment.version)
      if (plan !== null) found.get(enrollment.customerId)?.underWay.push({ plan, enrollment })
    }
    for (const { journeyId, node: trigger, customerId, event, dueAt: at } of await source.noted(customers)) {
      const plan = plans.find(({ journey }) => journey.id === journeyId)
      if (plan !== undefined) found.get(customerId)?.noted.push({ plan, trigger, event, at })
    }
    for (const journeyId of ids)
      for (const [id, entries] of await store.entries(journeyId, customers))
        found.get(id)?.entries.set(journeyId, entries)
    return found
  }

  const schedules = await schedulesOf(request, ids, planFor)
  return { schedules, doors, needs, load, unread: () => unread }
}

/** The journeys into which somebody may be sent whom nobody can foresee. */
export function unforeseenOf({ doors: { byHand } }: Others): RehearsalReport['unforeseen'] {
  return byHand.map(({ plan: { journey }, trigger }) => ({
    ...{ journey: journey.id, name: journey.name, node: trigger },
  }))
}

const keyOf = ({ plan: { journey }, trigger }: Schedule): string => `${journey.id} ${trigger}`

/** The triggers that have been asked less often than they fire, as `journey node`. */
export function boundedIn({ schedules }: Others): ReadonlySet<string> {
  return new Set(schedules.filter((schedule) => schedule.bounded()).map(keyOf))
}

/** What is told of the triggers that were asked less often than they fire. */
export function boundedOf({ schedules }: Others, bounded: ReadonlySet<string>): RehearsalReport['bounded'] {
  return schedules
    .filter((schedule) => bounded.has(keyOf(schedule)))
    .map(({ plan: { journey }, trigger }) => ({
      ...{ journey: journey.id, name: journey.name, node: trigger },
      hours: leastApartMs / 3_600_000,
    }))
}
