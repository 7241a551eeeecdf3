import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import {
  type AbsenceEntrance,
  type Entrance,
  type ForEntrances,
  forEntrance,
} from '../../shared/nodes/entrance.ts'
import { fits, lacks, toldAt } from '../../shared/run/enter.ts'
import { type StepContext, zoneOf } from '../../shared/run/step.ts'
import type { PendingEvent } from '../ports/engine.ts'
import type { ComingEntry, DueEntry } from '../ports/entering.ts'
import type { Runtime } from './runtime.ts'

/** Which entrances an event opens only if another does not follow. */
const noted: ForEntrances<[], AbsenceEntrance | null> = {
  schedule: () => null,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: (entrance) => entrance,
  journey: () => null,
}

/** Null where no event is noted for later. */
export const notedAt = (entrance: Entrance): AbsenceEntrance | null => forEntrance(noted, entrance)

/**
 * Notes who has just done the first thing, and when it is told whether they lack the other: by the thing's own time,
 * however late it came in.
 */
export async function noteAbsences(
  { store }: Runtime,
  plans: readonly Plan[],
  events: readonly PendingEvent[],
  { brand }: StepContext,
): Promise<ComingEntry[]> {
  const found = plans.flatMap((plan) =>
    plan.triggers.flatMap(({ id: node, entrance }) => {
      const absence = notedAt(entrance)
      const those = absence === null ? [] : events.filter(({ event }) => fits(absence, event))
      return absence === null || those.length === 0 ? [] : [{ plan, node, absence, those }]
    }),
  )
  if (found.length === 0) return []
  const ids = new Set(found.flatMap(({ those }) => those.map(({ customerId }) => customerId)))
  const callers = await store.callers([...ids])
  return found.flatMap(({ plan, node, absence, those }) =>
    those.map(({ seq, customerId, event }) => ({
      journeyId: plan.journey.id,
      node,
      customerId,
      cause: `event ${seq}`,
      dueAt: toldAt(absence, event, callers.get(customerId)?.timezone ?? zoneOf(plan, brand)),
      event,
    })),
  )
}

/** Those of whom nothing is recorded, by when it is told, of what they lack. */
export async function lacking(
  { store }: Runtime,
  plan: Plan,
  entrance: AbsenceEntrance,
  entries: readonly DueEntry[],
  { now, brand }: StepContext,
): Promise<DueEntry[]> {
  const begun = entries.flatMap((entry) => {
    const { event } = entry
    return event === null || !fits(entrance, event) ? [] : [{ entry, event }]
  })
  if (begun.length === 0) return []
  const ids = [...new Set(begun.map(({ entry }) => entry.customerId))]
  const names = new Set([entrance.missing.event, ...(entrance.restart ? [entrance.filter.event] : [])])
  const since = Math.min(...begun.map(({ event }) => event.at))
  const [callers, done] = await Promise.all([
    store.callers(ids),
    store.eventsBetween(ids, [...names], since, now),
  ])
  return begun.flatMap(({ entry, event }) => {
    const zone = callers.get(entry.customerId)?.timezone ?? zoneOf(plan, brand)
    const events: readonly CustomerEvent[] = done.get(entry.customerId) ?? []
    return lacks(plan, entrance, event, events, toldAt(entrance, event, zone)) ? [entry] : []
  })
}

/** Of whom it is told later than was noted, and when: a version since then gives them more time. */
export async function toldLater(
  { store }: Runtime,
  plan: Plan,
  entrance: Entrance,
  entries: readonly DueEntry[],
  { now, brand }: StepContext,
): Promise<ReadonlyMap<DueEntry, number>> {
  const later = new Map<DueEntry, number>()
  const absence = notedAt(entrance)
  if (absence === null) return later
  const callers = await store.callers([...new Set(entries.map(({ customerId }) => customerId))])
  for (const entry of entries) {
    const { event, customerId } = entry
    if (event === null || !fits(absence, event)) continue
    const at = toldAt(absence, event, callers.get(customerId)?.timezone ?? zoneOf(plan, brand))
    if (at > now) later.set(entry, at)
  }
  return later
}
