import { engineActor } from '../../../../shared/audit/actor.ts'
import { isInstant } from '../../../../shared/calendar/instant.ts'
import type { Act } from '../../../ports/acts.ts'
import { auditWriter } from '../audit/audit.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { clockKey } from '../events/planned.ts'
import { readMeta, writeMeta } from './meta.ts'

const modeKey = 'mode'

export type BrandMode = 'sandbox' | 'live'

/**
 * Notes how a brand is run from now on. What was tried in a sandbox is not to reach anybody by surprise:
 * when it goes live its running journeys are paused, for a person to resume. Answers how many were.
 */
export function enterMode(db: BrandDatabase, mode: BrandMode, now: number): number {
  const enter = db.sqlite.transaction(() => {
    const before = readMeta(db, modeKey)
    writeMeta(db, modeKey, mode)
    if (before !== 'sandbox' || mode !== 'live') return 0
    const { changes: paused } = db.sqlite
      .prepare(`update journeys set status = 'paused', updated_at = ? where status = 'live'`)
      .run(now)
    auditWriter(db)({ actor: engineActor, at: now, realAt: now }, 'brand.went_live', '', { paused })
    return paused
  })
  return enter.immediate()
}

/** Where a sandbox clock stands; one that never ran begins at `first`. */
export function standingClock(db: BrandDatabase, first: number): number {
  const stored = readMeta(db, clockKey)
  if (typeof stored === 'number' && isInstant(stored)) return stored
  writeMeta(db, clockKey, first)
  return first
}

/** Now for a brand that no server runs: by its own clock where it is a sandbox that has one. */
export function nowOf(db: BrandDatabase, machineNow: number): number {
  const stored = readMeta(db, clockKey)
  return readMeta(db, modeKey) === 'sandbox' && typeof stored === 'number' && isInstant(stored)
    ? stored
    : machineNow
}

/** Puts a sandbox clock where it is to stand. */
export function putClock(db: BrandDatabase, act: Act, to: number): void {
  changer(db)(
    act,
    () => writeMeta(db, clockKey, to),
    () => ({ action: 'clock.moved', id: '', detail: { to } }),
  )
}

/**
 * Whether nothing has happened in a brand yet: no version was published, nothing was sent, nobody is going to
 * do anything, and what events there are came in as history.
 */
export function untouched({ sqlite }: BrandDatabase): () => boolean {
  const happened = sqlite.prepare(
    `select 1 where exists (select 1 from versions) or exists (select 1 from messages)
       or exists (select 1 from planned_events) or exists (select 1 from events where source <> 'history')`,
  )
  return () => happened.get() === undefined
}

/** Whether any journey runs now. */
export function anyLiveJourney({ sqlite }: BrandDatabase): () => boolean {
  const live = sqlite.prepare(`select 1 from journeys where status = 'live' limit 1`)
  return () => live.get() !== undefined
}
