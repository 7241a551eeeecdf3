import type { Plan } from '../../shared/compile/plan.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { DueTrigger } from '../ports/engine.ts'
import { admitAll } from './admission.ts'
import { runRounds } from './round.ts'
import { contextOf, type Runtime, save } from './runtime.ts'

/** Which entrances the clock opens. */
const timed: ForEntrances<[], ScheduleEntrance | null> = {
  schedule: (entrance) => entrance,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

function scheduleOf(plan: Plan, node: string): ScheduleEntrance {
  const trigger = plan.triggers.find(({ id }) => id === node)
  const entrance = trigger === undefined ? null : forEntrance(timed, trigger.entrance)
  if (entrance === null) throw new Problem('not-found', { what: `${plan.journey.id}.${node}` }, node)
  return entrance
}

/**
 * Lets one batch of customers in by a trigger whose time has come; the cursor is saved with the batch, so
 * that an interrupted firing goes on where it stopped. The next firing is the first after now, so that firings
 * missed in an outage come once, late; but where each is for the people of its own day, they come one by one.
 * Answers whether the journey has paused itself.
 */
async function fire(runtime: Runtime, trigger: DueTrigger, now: number): Promise<boolean> {
  const { store, batchSize } = runtime
  const plan = await runtime.planFor(trigger.journeyId, trigger.version)
  const entrance = scheduleOf(plan, trigger.node)
  const context = contextOf(runtime, now)
  const zone = zoneOf(plan, context.brand)
  const asOf = entrance.ownDay ? trigger.dueAt : now
  const anchors = anchorsAt(plan, trigger.anchor, asOf, context.brand)
  const at = { now: asOf, zone, anchors }
  const ids = await store.select(entrance.audience, at, trigger.cursor, batchSize)
  const candidates = ids.map((customerId) => ({ customerId, event: null }))
  const passages = await admitAll(store, plan, trigger.node, candidates, trigger.anchor, context)
  await runRounds(store, passages, context)
  const last = ids.at(-1)
  const zones = entrance.ownDay ? await store.zones() : []
  const next = entrance.next(Math.max(trigger.dueAt, asOf), zone, zones)
  const to =
    ids.length === batchSize && last !== undefined
      ? { cursor: last }
      : { dueAt: next?.at ?? null, anchor: next?.anchor ?? null }
  await save(runtime, passages, new Map(), { now, taken: [], firing: { trigger, to } })
  return passages.some(({ trip }) => trip !== null)
}

/** Fires one batch of each due trigger; one that fails holds up no other. Returns how many have fired. */
export async function fireTriggers(runtime: Runtime, now: number): Promise<number> {
  let fired = 0
  const paused = new Set<string>()
  for (const trigger of await runtime.store.dueTriggers(now)) {
    if (paused.has(trigger.journeyId)) continue
    try {
      if (await fire(runtime, trigger, now)) paused.add(trigger.journeyId)
      fired += 1
    } catch (error) {
      const { journeyId, node } = trigger
      runtime.log.error({ journey: journeyId, node, error: String(error) }, 'a trigger failed')
    }
  }
  return fired
}
