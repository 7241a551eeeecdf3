import type { Plan } from '../../shared/compile/plan.ts'
import { orderEvent, refundEvent, refundedOrder } from '../../shared/conditions/purchases.ts'
import { isWaitedFor } from '../../shared/journey/belonging.ts'
import type { Change, PendingEvent, StoredEnrollment } from '../ports/engine.ts'
import { movedFirst, openMovesOf } from './moves.ts'
import { failedWhereItStands } from './round.ts'
import { planOrNull, type Runtime } from './runtime.ts'

/** An enrollment that may hear of an event, with the plan that it is on. */
export interface Listener extends StoredEnrollment {
  readonly plan: Plan
}

/** Whether it may hear an event of that name: as a goal, an exit rule or the answer that it waits for. */
export const hears =
  (name: string) =>
  ({ plan, enrollment, leftAt }: Listener): boolean =>
    plan.watches.has(name) || (leftAt === null && isWaitedFor(enrollment, name))

/** Those under way; whoever has still to come to another version hears of it there. */
async function underWay(runtime: Runtime, ids: readonly string[], now: number) {
  const found = await runtime.store.enrollmentsOf(ids)
  const moves = await openMovesOf(runtime)
  const { moved } = await movedFirst(runtime, moves, found, now)
  return moved === 0 ? found : runtime.store.enrollmentsOf(ids)
}

/**
 * Those under way; those who have left and whose goals still count at the time of an event; and those a goal of
 * which was reached by an order that is given back, however long ago they left.
 */
async function storedFor(
  runtime: Runtime,
  events: readonly PendingEvent[],
  now: number,
): Promise<StoredEnrollment[]> {
  const { store } = runtime
  const earliest = new Map<string, number>()
  for (const { customerId, event } of events)
    earliest.set(customerId, Math.min(event.at, earliest.get(customerId) ?? event.at))
  const refunded = events.flatMap(({ customerId, event }) => {
    const id = event.name === refundEvent ? refundedOrder(event.properties) : null
    return id === null ? [] : [{ customerId, name: orderEvent, id }]
  })
  const [live, counting, hits] = await Promise.all([
    underWay(runtime, [...earliest.keys()], now),
    store.stillCounting([...earliest].map(([customerId, at]) => ({ customerId, at }))),
    refunded.length === 0 ? [] : store.goalHits(refunded),
  ])
  const known = new Set([...live, ...counting].map(({ enrollment: { id } }) => id))
  const missing = new Set(hits.map(({ enrollmentId }) => enrollmentId).filter((id) => !known.has(id)))
  const others = missing.size === 0 ? [] : await store.enrollmentsById([...missing])
  return [...live, ...counting, ...others]
}

/**
 * Who may hear of a batch of events, by customer. Who is under way in a version that cannot be read fails where it
 * stands, so that a person sees it, and hears of what has happened when the version can be read again (rule 26).
 */
export async function listenersOf(
  runtime: Runtime,
  events: readonly PendingEvent[],
  now: number,
): Promise<{ listeners: ReadonlyMap<string, readonly Listener[]>; broken: readonly Change[] }> {
  const listeners = new Map<string, Listener[]>()
  const broken: Change[] = []
  for (const stored of await storedFor(runtime, events, now)) {
    const { journeyId, version, customerId } = stored.enrollment
    const plan = await planOrNull(runtime, journeyId, version)
    if (plan === null) {
      if (stored.leftAt === null)
        broken.push(failedWhereItStands(stored, `version ${version} cannot be read`, now))
      continue
    }
    const known = listeners.get(customerId)
    if (known === undefined) listeners.set(customerId, [{ ...stored, plan }])
    else known.push({ ...stored, plan })
  }
  return { listeners, broken }
}
