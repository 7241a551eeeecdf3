import type { Plan } from '../../shared/compile/plan.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt } from '../../shared/run/enter.ts'
import { zoneOf } from '../../shared/run/step.ts'
import { isBaseProblem } from '../ports/base.ts'
import type { Mark } from '../ports/clock.ts'
import type { DueTrigger, Moment } from '../ports/engine.ts'
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

interface Page {
  readonly audience: Condition
  /** The moment of the firing, as whose people all its pages are. */
  readonly at: Moment
  readonly after: string | null
  readonly ids: readonly string[]
}

/** A page that is older is read anew: the firing has stood still meanwhile. */
const pageKeptMs = 600_000
/** So many firings at most keep a page in memory. */
const mostPages = 20
/** A firing that nobody could answer is tried again so much later, of real time. */
const againMs = 5_000

const keyOf = ({ journeyId, version, node, dueAt }: DueTrigger) => `${journeyId} ${version} ${node} ${dueAt}`

/** Who comes in by firings, read a page at a time and let in a batch at a time. */
class Entrants {
  readonly #runtime: Runtime
  readonly #pageSize: number
  readonly #pages = new Map<string, Page>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
    this.#pageSize = runtime.entrantsPage ?? limits.entrantsPage.value
  }

  /** The next batch behind the firing's cursor, and whether it is the last. */
  async next(
    trigger: DueTrigger,
    audience: Condition,
    at: Moment,
  ): Promise<{ readonly ids: readonly string[]; readonly last: boolean }> {
    const { batchSize } = this.#runtime
    const key = keyOf(trigger)
    const known = this.#pages.get(key)
    const goesOn = known !== undefined && known.audience === audience && at.now - known.at.now < pageKeptMs
    const kept = goesOn ? remaining(known, trigger.cursor) : []
    const page =
      kept.length > 0 && goesOn ? known : await this.#read(trigger, audience, at, goesOn ? known : null)
    const ids = remaining(page, trigger.cursor)
    this.#pages.delete(key)
    const last = ids.length <= batchSize && page.ids.length < this.#pageSize
    if (!last) this.#keep(key, page)
    return { ids: ids.slice(0, batchSize), last }
  }

  async #read(
    { cursor: after }: DueTrigger,
    audience: Condition,
    now: Moment,
    before: Page | null,
  ): Promise<Page> {
    const at = before?.at ?? now
    const continued = before !== null
    const ids = await this.#runtime.store.select(audience, at, { after, limit: this.#pageSize, continued })
    return { audience, at, after, ids }
  }

  #keep(key: string, page: Page): void {
    this.#pages.set(key, page)
    const oldest = this.#pages.keys().next()
    if (this.#pages.size > mostPages && !oldest.done) this.#pages.delete(oldest.value)
  }
}

/** What of a page is behind a cursor; nothing where that is not of it. */
function remaining({ after, ids }: Page, cursor: string | null): readonly string[] {
  if (cursor === after) return ids
  const place = cursor === null ? -1 : ids.indexOf(cursor)
  return place < 0 ? [] : ids.slice(place + 1)
}

/**
 * Lets one batch of customers in by a trigger whose time has come; the cursor is saved with the batch, so
 * that an interrupted firing goes on where it stopped. The next firing is the first after now, so that firings
 * missed in an outage come once, late; but where each is for the people of its own day, they come one by one.
 * Answers whether the journey has paused itself.
 */
async function fire(
  runtime: Runtime,
  entrants: Entrants,
  trigger: DueTrigger,
  now: number,
): Promise<boolean> {
  const { store } = runtime
  const plan = await runtime.planFor(trigger.journeyId, trigger.version)
  const entrance = scheduleOf(plan, trigger.node)
  const context = contextOf(runtime, now)
  const zone = zoneOf(plan, context.brand)
  const asOf = entrance.ownDay ? trigger.dueAt : now
  const anchors = anchorsAt(plan, trigger.anchor, asOf, context.brand)
  const { ids, last } = await entrants.next(trigger, entrance.audience, { now: asOf, zone, anchors })
  const candidates = ids.map((customerId) => ({ customerId, event: null }))
  const passages = await admitAll(store, plan, trigger.node, candidates, trigger.anchor, context)
  await runRounds(store, passages, context)
  const zones = entrance.ownDay ? await store.zones() : []
  const next = entrance.next(Math.max(trigger.dueAt, asOf), zone, zones)
  const cursor = ids.at(-1)
  const to =
    last || cursor === undefined ? { dueAt: next?.at ?? null, anchor: next?.anchor ?? null } : { cursor }
  await save(runtime, passages, new Map(), { now, taken: [], firing: { trigger, to } })
  return passages.some(({ trip }) => trip !== null)
}

/** Fires one batch of each due trigger; one that fails holds up no other. Answers how many have fired. */
export function createFirings(runtime: Runtime): (now: number) => Promise<number> {
  const { log, store } = runtime
  const { elapsed } = runtime.by
  const entrants = new Entrants(runtime)
  /** Since when firings wait for whoever answers over everybody. */
  const waiting = new Map<string, Mark>()
  const rests = (key: string) => {
    const since = waiting.get(key)
    return since !== undefined && elapsed.since(since) < againMs
  }
  const failed = (trigger: DueTrigger, error: unknown): void => {
    const { journeyId, node } = trigger
    const told = { journey: journeyId, node, error: String(error) }
    // It stays due, and its people come in as soon as they are known.
    if (isBaseProblem(error)) {
      if (!waiting.has(keyOf(trigger))) log.warn(told, 'a firing waits: nobody can say who is to come in')
      waiting.set(keyOf(trigger), elapsed.mark())
    } else log.error(told, 'a trigger failed')
  }
  return async (now) => {
    let fired = 0
    const paused = new Set<string>()
    for (const trigger of await store.dueTriggers(now)) {
      const key = keyOf(trigger)
      if (paused.has(trigger.journeyId) || rests(key)) continue
      try {
        if (await fire(runtime, entrants, trigger, now)) paused.add(trigger.journeyId)
        waiting.delete(key)
        fired += 1
      } catch (error) {
        failed(trigger, error)
      }
    }
    return fired
  }
}
