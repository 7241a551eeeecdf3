import { setImmediate as breath } from 'node:timers/promises'
import type { PeopleDone, WhoAtNode } from '../../../shared/api/people.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import type { Plan } from '../../../shared/compile/plan.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import { canStand } from '../../../shared/run/move.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { moving, removing } from '../../engine/by-person.ts'
import { planCache } from '../../engine/runtime.ts'
import type { Act } from '../../ports/acts.ts'
import type { Change, PersonWork, StoredEnrollment } from '../../ports/engine.ts'
import type { NodePlace } from '../../ports/people.ts'
import type { JourneyDesk } from '../desk.ts'

/** So many in one transaction; between two the engine has its turn. */
const batchSize = 500

/** What a person does with those who stand on a node. */
export interface PeopleCommand extends NodePlace {
  readonly who: WhoAtNode
}

/** What becomes of one batch, in the engine's exclusive section; answers with how many it was done. */
type Work = (batch: readonly StoredEnrollment[], act: Act) => Promise<number>

/** Those who are meant, batch by batch; whoever stands there no more is left out. */
async function* batchesOf(desk: JourneyDesk, { who, ...place }: PeopleCommand) {
  const { passages } = desk.stores
  if ('enrollments' in who) {
    const ids = [...new Set(who.enrollments)]
    for (let start = 0; start < ids.length; start += batchSize) {
      const asked = ids.slice(start, start + batchSize)
      yield { asked: asked.length, read: () => passages.standingOf(place, asked) }
    }
    return
  }
  // Who comes to the node meanwhile is not meant, nor is whoever has been dealt with met again.
  for (let after = 0; ; ) {
    const page = await passages.standing(place, who, { after, limit: batchSize })
    const last = page.at(-1)
    if (last === undefined) return
    const ids = page.map(({ enrollment }) => enrollment.id)
    yield { asked: ids.length, read: () => passages.standingOf(place, ids) }
    after = last.enrollment.id
  }
}

/** Does something with all who are meant, in batches that leave the engine answering. Problem `not-found`. */
async function withPeople(
  desk: JourneyDesk,
  actor: Actor,
  command: PeopleCommand,
  work: Work,
): Promise<PeopleDone> {
  await desk.stores.journeys.status(command.journeyId)
  const act = desk.act(actor)
  let done = 0
  let asked = 0
  for await (const batch of batchesOf(desk, command)) {
    asked += batch.asked
    done += await desk.engine.exclusive(async () => work(await batch.read(), act))
    await breath()
  }
  return { done, refused: asked - done }
}

type Take = (plan: Plan | null, stored: StoredEnrollment, at: { now: number; brand: Brand }) => Change | null

/** Takes one step of a person's with each of a batch, and saves them together with the row of the log. */
async function saveSteps(
  desk: JourneyDesk,
  batch: readonly StoredEnrollment[],
  work: Omit<PersonWork, 'asked'>,
  take: Take,
): Promise<number> {
  if (batch.length === 0) return 0
  const planFor = planCache(desk.store, desk.registry)
  const { act } = work
  const at = { now: act.at, brand: desk.brand() }
  const changes: Change[] = []
  for (const stored of batch) {
    const { journeyId, version } = stored.enrollment
    const change = take(await planFor(journeyId, version).catch(() => null), stored, at)
    if (change !== null) changes.push(change)
  }
  const byPerson = { ...work, asked: batch.length }
  const { applied } = await desk.store.commit({ now: act.at, changes, taken: [], byPerson })
  const ids = changes.map(({ enrollment }) => enrollment.id)
  // Whoever was changed by others meanwhile stands there still, and goes on waiting for an answer.
  const { journeyId, node } = work
  const left = await desk.stores.passages.standingOf({ journeyId, node }, ids)
  const staying = new Set(left.map(({ enrollment }) => enrollment.id))
  await desk.stores.passages.dropQuestions(
    act,
    ids.filter((id) => !staying.has(id)),
  )
  return applied
}

/** Takes customers out of a journey by hand. */
export async function removePeople(
  desk: JourneyDesk,
  actor: Actor,
  command: PeopleCommand,
): Promise<PeopleDone> {
  const { journeyId, node } = command
  return withPeople(desk, actor, command, (batch, act) =>
    saveSteps(desk, batch, { act, action: 'journey.people_removed', journeyId, node }, removing),
  )
}

export interface MovePeople extends PeopleCommand {
  readonly to: string
}

/** Nobody is moved to where nobody can stand. Problem `node-not-enterable`. */
async function refuseNode(
  { stores, store, registry }: JourneyDesk,
  { journeyId, node, to }: MovePeople,
): Promise<void> {
  const planFor = planCache(store, registry)
  for (const { number } of await stores.journeys.versions(journeyId)) {
    const found = (await planFor(journeyId, number).catch(() => null))?.nodes.get(to)
    if (found !== undefined && canStand(found) && to !== node) return
  }
  throw new Problem('node-not-enterable', { node: to }, 'to')
}

/** Moves customers to another node of the version that each is on: it is entered afresh, and asked at once. */
export async function movePeople(desk: JourneyDesk, actor: Actor, command: MovePeople): Promise<PeopleDone> {
  const { journeyId, node, to } = command
  await desk.stores.journeys.status(journeyId)
  await refuseNode(desk, command)
  const done = await withPeople(desk, actor, command, (batch, act) =>
    saveSteps(
      desk,
      batch,
      { act, action: 'journey.people_moved', journeyId, node, toNode: to },
      (plan, stored, at) => moving(plan, stored, to, at),
    ),
  )
  await desk.settle()
  return done
}

/** Rule 26: tries again with those who are stuck. */
export async function retryPeople(
  desk: JourneyDesk,
  actor: Actor,
  command: PeopleCommand,
): Promise<PeopleDone> {
  const done = await withPeople(desk, actor, command, (batch, act) =>
    desk.stores.passages.retryPeople(
      act,
      command,
      batch.map(({ enrollment }) => enrollment.id),
    ),
  )
  await desk.settle()
  return done
}

export interface SavePeople extends PeopleCommand {
  readonly key: string
  readonly name: WrittenText
}

/** Keeps customers as a new list, all at once. Problem `audience-exists`. */
export async function savePeople(desk: JourneyDesk, actor: Actor, command: SavePeople): Promise<PeopleDone> {
  await desk.stores.journeys.status(command.journeyId)
  const { people, asked } = await desk.stores.passages.saveList(desk.act(actor), command, command)
  return { done: people, refused: asked - people }
}
