import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { triggerByHand } from '../../shared/run/enter.ts'
import type { FateChoice } from '../../shared/run/fate.ts'
import { planCache } from '../engine/runtime.ts'
import { stopEveryone } from '../engine/stop.ts'
import type { Act } from '../ports/acts.ts'
import type { Desk } from '../ports/desk.ts'
import type { Meanwhile, Prepared, Published, StuckEnrollment } from '../ports/journeys.ts'
import { goOn, type JourneyDesk } from './desk.ts'

type Status = Published['status']

export interface PublishJourney {
  readonly id: string
  readonly revision: number
  readonly prepared?: Prepared | null
  readonly choice?: FateChoice
}

/** Compiles the draft for publishing, which may take long; Problem `not-found`. */
export function preparePublishing(
  { stores, sending, brand, registry, now }: Desk & Pick<JourneyDesk, 'sending'>,
  id: string,
): Promise<Prepared> {
  return stores.journeys.prepare(id, { ...sending(), brand: brand(), registry, now: now() })
}

/** Freezes the draft as a version and lets customers in (rules 3 and 21). */
export async function publishJourney(
  desk: JourneyDesk,
  actor: Actor,
  { id, revision, prepared = null, choice }: PublishJourney,
): Promise<Published> {
  const { engine, stores, brand, registry } = desk
  const published = await engine.exclusive(() =>
    stores.journeys.publish(desk.act(actor), id, {
      ...{ revision, prepared, ...desk.sending(), ...(choice === undefined ? {} : { choice }) },
      ...{ brand: brand(), registry },
    }),
  )
  await goOn(desk)
  return published
}

interface OneJourney {
  readonly id: string
}

/** Rule 22: holds entries, timers and queued messages. */
export async function pauseJourney(desk: JourneyDesk, actor: Actor, { id }: OneJourney): Promise<Status> {
  return desk.engine.exclusive(() => desk.stores.journeys.pause(desk.act(actor), id))
}

/** Whom the pause has kept out comes in after all where `letIn` says so (rule 3). */
export interface ResumeJourney extends OneJourney {
  readonly letIn?: boolean
}

/** Rule 3: who qualified while the journey stood still. */
export function readMeanwhile({ stores, now, brand, registry }: Desk, id: string): Promise<Meanwhile> {
  return stores.journeys.meanwhile(id, { now: now(), brand: brand(), registry })
}

export async function resumeJourney(
  desk: JourneyDesk,
  actor: Actor,
  { id, letIn = false }: ResumeJourney,
): Promise<Status> {
  const { engine, stores, brand, registry } = desk
  const status = await engine.exclusive(() =>
    stores.journeys.resume(desk.act(actor), id, { brand: brand(), registry, letIn }),
  )
  await desk.settle()
  return status
}

/** Takes everyone out of a closed journey, some at a time, between two batches of the engine's. */
async function emptied(desk: JourneyDesk, act: Act, journeyId: string): Promise<number> {
  const { store, stores, registry } = desk
  const left = await stopEveryone({
    store,
    source: stores.journeys,
    planFor: planCache(store, registry),
    journeyId,
    now: act.at,
    brand: desk.brand(),
    alone: (batch) => desk.engine.exclusive(batch),
  })
  await stores.journeys.dropAsks(act, journeyId)
  return left
}

/** Closes the journey, then takes everyone out of it; answers how many. */
export async function stopJourney(
  desk: JourneyDesk,
  actor: Actor,
  { id }: OneJourney,
): Promise<{ status: Status; left: number }> {
  const act = desk.act(actor)
  // From then on nobody comes in or goes on, so that others may have their turn while it is emptied.
  await desk.engine.exclusive(() => desk.stores.journeys.close(act, id))
  return { status: 'stopped', left: await emptied(desk, act, id) }
}

/** Ends what a process that ended has left half stopped. */
export async function finishStops(desk: JourneyDesk, actor: Actor): Promise<void> {
  for (const id of await desk.stores.journeys.unfinishedStops()) await emptied(desk, desk.act(actor), id)
}

export interface EnterByHand extends OneJourney {
  readonly customerIds: readonly string[]
}

/** By which trigger of a live journey people are let in by hand or from a list. Problem `journey-not-live`. */
export async function handTriggerOf({ store, stores, registry }: JourneyDesk, id: string): Promise<string> {
  await stores.journeys.status(id)
  const state = (await store.journeys()).find((journey) => journey.id === id)
  const version = state?.status === 'live' ? state.liveVersion : null
  if (version === null) throw new Problem('journey-not-live', { journey: id })
  const trigger = triggerByHand(await planCache(store, registry)(id, version))
  if (trigger === undefined) throw new Problem('journey-not-live', { journey: id })
  return trigger.id
}

/** Nobody is let in where one of them is not known. Problem `unknown-customer` with its place. */
async function refuseStrangers({ stores }: JourneyDesk, ids: readonly string[]): Promise<void> {
  const stranger = await stores.customers.firstUnknown(ids)
  const customer = stranger === null ? undefined : ids[stranger]
  if (customer !== undefined) throw new Problem('unknown-customer', { customer }, `customerIds.${stranger}`)
}

/** Whom the re-entry rule refuses stays out and is counted. */
export async function enterByHand(
  desk: JourneyDesk,
  actor: Actor,
  { id, customerIds }: EnterByHand,
): Promise<{ entered: number; refused: number }> {
  await desk.stores.journeys.status(id)
  const merged = await desk.stores.persons.currentOf(customerIds)
  const ids = customerIds.map((one) => merged.get(one) ?? one)
  await refuseStrangers(desk, ids)
  const answer = await desk.engine.enter(desk.act(actor), id, ids)
  await desk.settle()
  return answer
}

/** Whom a failing node holds up. */
export async function stuckCustomers(
  { stores }: JourneyDesk,
  id: string,
): Promise<{ stuck: StuckEnrollment[]; total: number }> {
  await stores.journeys.status(id)
  const { stuck, total } = await stores.journeys.stuck(id)
  return { stuck: [...stuck], total }
}

/** Makes all who are stuck due again; answers how many. */
export async function retryStuck(desk: JourneyDesk, actor: Actor, { id }: OneJourney): Promise<number> {
  await desk.stores.journeys.status(id)
  const retried = await desk.engine.exclusive(() => desk.stores.journeys.retry(desk.act(actor), id))
  await desk.settle()
  return retried
}
