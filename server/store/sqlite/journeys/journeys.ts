import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { filledBy } from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { renamed } from '../../../../shared/journey/renamed.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { StoredJourney } from '../../../ports/journeys.ts'
import { InUse, type Use } from '../../../ports/uses.ts'
import { usesOfJourney as usesOf } from '../audiences/uses.ts'
import type { BrandDatabase } from '../database.ts'
import { anchorText } from '../entering/anchor.ts'
import { leaveOut, letIn } from '../entering/meanwhile.ts'
import { forgetTriggers } from '../entering/triggers.ts'
import { failedEntries, journeys, messages, triggers } from '../tables.ts'
import { nextFiringOf } from './own-days.ts'
import { getJourney, readOrNull, readStored, statusIn } from './read.ts'

export { publish } from './publish.ts'
export { getJourney, isChanged } from './read.ts'

/** The first of `id`, `id-2`, `id-3`, … that no journey has or had. */
function freeId(db: BrandDatabase, id: string): string {
  const taken = (candidate: string) =>
    db.orm.select({ id: journeys.id }).from(journeys).where(eq(journeys.id, candidate)).get() !== undefined
  let free = id
  for (let number = 2; taken(free); number += 1) free = `${id.slice(0, 58)}-${number}`
  return free
}

/** A journey as it is kept: what could not be read again is refused before it is written. */
function textOf(journey: Journey): string {
  const text = JSON.stringify(journey)
  readStored(text, journey.id)
  return text
}

/** Keeps a journey as a new draft; its id is made unique. */
export function createJourney(
  db: BrandDatabase,
  { journey, now }: { journey: Journey; now: number },
): StoredJourney {
  const id = db.orm.transaction(
    () => {
      const free = freeId(db, journey.id)
      db.orm
        .insert(journeys)
        .values({
          id: free,
          name: JSON.stringify(journey.name),
          status: 'draft',
          draft: textOf(renamed(journey, free)),
          revision: 1,
          createdAt: now,
          updatedAt: now,
        })
        .run()
      return free
    },
    { behavior: 'immediate' },
  )
  return getJourney(db, id)
}

/**
 * Saves the draft over the revision that it was made from; the revision goes up by one. Problem
 * `stale-revision` where another save or a publication came first.
 */
export function saveDraft(
  db: BrandDatabase,
  id: string,
  { journey, revision, now }: { journey: Journey; revision: number; now: number },
): StoredJourney {
  const { changes } = db.orm
    .update(journeys)
    .set({
      name: JSON.stringify(journey.name),
      draft: textOf({ ...journey, id }),
      revision: revision + 1,
      updatedAt: now,
    })
    .where(and(eq(journeys.id, id), eq(journeys.revision, revision), isNull(journeys.deletedAt)))
    .run()
  const stored = getJourney(db, id)
  if (changes === 0) throw new Problem('stale-revision', { revision, current: stored.revision }, 'revision')
  return stored
}

function setStatus(db: BrandDatabase, id: string, status: StoredJourney['status'], now: number): void {
  const pausedAt = status === 'paused' ? now : null
  db.orm
    .update(journeys)
    .set({ status, pausedAt, breaker: null, updatedAt: now })
    .where(eq(journeys.id, id))
    .run()
}

/** Rule 22: holds entries, timers and queued messages. Problem `journey-not-live`. */
export function pause(db: BrandDatabase, id: string, now: number): StoredJourney['status'] {
  return db.orm.transaction(
    () => {
      if (statusIn(db, id) !== 'live') throw new Problem('journey-not-live', { journey: id })
      setStatus(db, id, 'paused', now)
      return 'paused'
    },
    { behavior: 'immediate' },
  )
}

/**
 * Lets a paused journey go on. Rule 3: whoever would have qualified meanwhile is not swept in unless `letIn` says
 * so; triggers whose time has passed move to their next firing after now; a firing that the pause cut in two goes on.
 * Problem `journey-not-paused`.
 */
export function resume(
  db: BrandDatabase,
  id: string,
  options: { now: number; brand: Brand; registry: Registry; letIn?: boolean },
): StoredJourney['status'] {
  const { now, brand, registry } = options
  return db.orm.transaction(
    () => {
      if (statusIn(db, id) !== 'paused') throw new Problem('journey-not-paused', { journey: id })
      const since = pausedAtOf(db, id) ?? now
      if (options.letIn === true) letIn(db, id, since, { now, brand, registry })
      else {
        skipPassedTriggers(db, id, now, brand, registry)
        leaveOut(db, id, since, now)
      }
      setStatus(db, id, 'live', now)
      return 'live'
    },
    { behavior: 'immediate' },
  )
}

function pausedAtOf(db: BrandDatabase, id: string): number | null {
  return db.orm.select({ at: journeys.pausedAt }).from(journeys).where(eq(journeys.id, id)).get()?.at ?? null
}

function skipPassedTriggers(
  db: BrandDatabase,
  id: string,
  now: number,
  brand: Brand,
  registry: Registry,
): void {
  for (const row of db.orm.select().from(triggers).where(eq(triggers.journeyId, id)).all()) {
    if (row.dueAt === null || row.dueAt > now || row.cursor !== null) continue
    const { next } = nextFiringOf(db, row, { now, brand, registry })
    db.orm
      .update(triggers)
      .set({ dueAt: next?.at ?? null, anchor: anchorText(next?.anchor ?? null), cursor: null })
      .where(and(eq(triggers.journeyId, id), eq(triggers.node, row.node)))
      .run()
  }
}

/** The condition of the index over messages in hand, word for word, without which it is not used. */
const inHand = sql`${messages.status} in ('sending', 'unknown', 'failed')`

/**
 * Closes a journey for good: nobody enters or moves any more, and what is queued is withdrawn, for those who
 * are through as well. Those under way are taken out by the engine
 * (`stop` in server/engine/stop.ts). Problem `journey-not-live` for a draft.
 */
export function markStopped(db: BrandDatabase, id: string, now: number): void {
  if (statusIn(db, id) === 'draft') throw new Problem('journey-not-live', { journey: id })
  db.orm.transaction(
    () => {
      db.orm.update(triggers).set({ dueAt: null, cursor: null }).where(eq(triggers.journeyId, id)).run()
      db.orm.delete(failedEntries).where(eq(failedEntries.journeyId, id)).run()
      forgetTriggers(db, id)
      db.orm
        .update(messages)
        .set({ status: 'cancelled', dueAt: null })
        .where(and(eq(messages.journeyId, id), isNotNull(messages.dueAt), eq(messages.status, 'queued')))
        .run()
      db.orm
        .update(messages)
        .set({ withdrawn: 1 })
        .where(and(eq(messages.journeyId, id), eq(messages.status, 'sending'), inHand))
        .run()
      setStatus(db, id, 'stopped', now)
    },
    { behavior: 'immediate' },
  )
}

/** What names a journey, or the lists that it fills as far as it can be read. */
export function usesOfJourney(db: BrandDatabase, id: string, registry: Registry): Use[] {
  const row = db.orm.select({ draft: journeys.draft }).from(journeys).where(eq(journeys.id, id)).get()
  const journey = row === undefined ? null : readOrNull(row.draft)
  const lists = journey === null ? [] : filledBy(journey, registry).map(({ audience }) => audience)
  return usesOf(db, id, lists)
}

/**
 * Takes a journey out of the lists; its versions and messages stay. Problems `journey-running`, and `journey-in-use`
 * where it or a list that it fills is named elsewhere, unless somebody has seen that and wants it so.
 */
export function removeJourney(
  db: BrandDatabase,
  id: string,
  { registry, despiteUses, now }: { registry: Registry; despiteUses: boolean; now: number },
): Use[] {
  const status = statusIn(db, id)
  if (status === 'live' || status === 'paused') throw new Problem('journey-running', { journey: id })
  const uses = usesOfJourney(db, id, registry)
  if (uses.length > 0 && !despiteUses) throw new InUse('journey-in-use', { journey: id }, uses)
  db.orm.update(journeys).set({ deletedAt: now, updatedAt: now }).where(eq(journeys.id, id)).run()
  return uses
}
