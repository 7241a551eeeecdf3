import { setImmediate as breath } from 'node:timers/promises'
import type { Plan } from '../../shared/compile/plan.ts'
import { Problem } from '../../shared/errors/index.ts'
import { triggerByHand } from '../../shared/run/enter.ts'
import type { Act } from '../ports/acts.ts'
import type { JourneyState } from '../ports/engine.ts'
import { admitAll } from './admission.ts'
import { type AudienceWatch, createAudienceWatch } from './audience-watch.ts'
import { tryNext } from './chains.ts'
import { admitComing } from './coming.ts'
import { runDue } from './due.ts'
import { retryEntries } from './event-entry.ts'
import { takeEvents } from './intake.ts'
import { carryMoves } from './moves.ts'
import { runRounds } from './round.ts'
import { contextOf, planOrNull, type Runtime, save } from './runtime.ts'
import { createFirings } from './schedule.ts'

/** One brand's engine. Its methods run one after the other, never at the same time. */
export interface Engine {
  /** Does all that is due at `now`; returns how many triggers, events and enrollments were taken. */
  tick(now: number): Promise<number>
  /** Does one batch of each kind of it, and leaves the rest due; returns how much there was. */
  batch(now: number): Promise<number>
  /** Lets customers in by hand or by the API (rule 1); those whom the re-entry rule refuses stay out. */
  enter(
    act: Act,
    journeyId: string,
    customerIds: readonly string[],
  ): Promise<{ entered: number; refused: number }>
  /** Runs something else between ticks: a stop, a publication, a deletion. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

async function plansThatAre(runtime: Runtime, status: JourneyState['status']): Promise<Plan[]> {
  const live = (await runtime.store.journeys()).filter((journey) => journey.status === status)
  const plans = await Promise.all(
    live.map(({ id, liveVersion }) => (liveVersion === null ? null : planOrNull(runtime, id, liveVersion))),
  )
  return plans.filter((plan) => plan !== null)
}

const livePlans = (runtime: Runtime) => plansThatAre(runtime, 'live')

/** So many batches of events are taken in a row before timers get their turn (rule 25). */
const eventsInARow = 8

/**
 * Rule 24 holds between events and timers too: what a customer has done comes before what is due by now, so
 * that a purchase told of together with something else still counts first.
 */
async function takeAllEvents(runtime: Runtime, now: number): Promise<number> {
  let total = 0
  for (let turn = 0; turn < eventsInARow && !runtime.stopping?.(); turn += 1) {
    const paused = await plansThatAre(runtime, 'paused')
    const taken = await takeEvents(runtime, await livePlans(runtime), now, paused)
    if (taken === 0) break
    total += taken
    await breath()
  }
  return total
}

/** What remembers something from one batch to the next. */
interface Doing {
  readonly watch: AudienceWatch
  readonly fire: ReturnType<typeof createFirings>
}

/**
 * One batch of each kind of work, of events a few; returns how much there was. Which journeys run is asked
 * each time, as one may have paused itself in the batch before.
 */
async function workOnce(runtime: Runtime, { watch, fire }: Doing, now: number): Promise<number> {
  const carried = await carryMoves(runtime, now)
  // Before the events: what they tell of is one.
  const told =
    (await runtime.store.tellCoupons(now, runtime.batchSize)) +
    (await runtime.store.tellPoints(now, runtime.batchSize))
  const rewarded = await runtime.store.rewardReferrals(now, runtime.batchSize)
  const taken = await takeAllEvents(runtime, now)
  const fired = await fire(now)
  const retried = await retryEntries(runtime, await livePlans(runtime), now)
  await watch.resumed(() => livePlans(runtime), now)
  const came = await admitComing(runtime, await livePlans(runtime), now)
  const ids = (await livePlans(runtime)).map(({ journey }) => journey.id)
  const stepped = await runDue(runtime, ids, now)
  const followed = await tryNext(runtime, now)
  const done = followed + carried + told + rewarded + fired + taken + retried + came + stepped
  return done + (await watch.look(await livePlans(runtime), now, done === 0))
}

async function enter(runtime: Runtime, act: Act, journeyId: string, customerIds: readonly string[]) {
  const { at: now } = act
  const journey = (await runtime.store.journeys()).find(({ id }) => id === journeyId)
  if (journey?.status !== 'live' || journey.liveVersion === null)
    throw new Problem('journey-not-live', { journey: journeyId })
  const plan = await runtime.planFor(journeyId, journey.liveVersion)
  const trigger = triggerByHand(plan)
  if (trigger === undefined) throw new Problem('journey-not-live', { journey: journeyId })
  const candidates = customerIds.map((customerId) => ({ customerId, event: null }))
  let entered = 0
  for (let start = 0; start < candidates.length; start += runtime.batchSize) {
    const part = candidates.slice(start, start + runtime.batchSize)
    const context = contextOf(runtime, now)
    const passages = await admitAll(runtime.store, plan, trigger.id, part, null, context)
    await runRounds(runtime.store, passages, context)
    const stops = passages.some(({ trip }) => trip !== null)
    const asked = stops ? candidates.length - start : part.length
    const byHand = { act, journeyId, asked }
    const { applied } = await save(runtime, passages, new Map(), { now, taken: [], byHand })
    entered += applied
    if (stops) break
  }
  return { entered, refused: candidates.length - entered }
}

export function createEngine(runtime: Runtime): Engine {
  let last: Promise<unknown> = Promise.resolve()
  const doing = { watch: createAudienceWatch(runtime), fire: createFirings(runtime) }
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }
  /** Others get their turn between two batches: a stop is not to wait for the end of a backlog. */
  const batch = async (now: number) => {
    // The store answers synchronously, so without this a long backlog would keep requests waiting.
    await breath()
    return runtime.stopping?.() ? 0 : exclusive(() => workOnce(runtime, doing, now))
  }
  const tick = async (now: number) => {
    for (let total = 0; ; ) {
      const done = await batch(now)
      if (done === 0) return total
      total += done
    }
  }
  return {
    exclusive,
    tick,
    batch,
    enter: (act, journeyId, customerIds) => exclusive(() => enter(runtime, act, journeyId, customerIds)),
  }
}
