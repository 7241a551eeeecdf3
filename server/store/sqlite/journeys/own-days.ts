import { and, eq, gt, isNull } from 'drizzle-orm'
import { planOf } from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import type { Entrance, Registry } from '../../../../shared/nodes/type.ts'
import { zoneOf } from '../../../../shared/run/step.ts'
import { ownZones } from '../customers/zones.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand } from '../settings/meta.ts'
import { triggers, versions } from '../tables.ts'
import { readStored } from './read.ts'

type Row = typeof triggers.$inferSelect
type Firing = ReturnType<Extract<Entrance, { kind: 'schedule' }>['next']>

/** When a trigger fires next after `now`; null where it never does again. */
export function nextFiringOf(
  db: BrandDatabase,
  { journeyId, node, version }: Row,
  { now, brand, registry }: { now: number; brand: Brand; registry: Registry },
): { readonly ownDay: boolean; readonly next: Firing } {
  const stored = db.orm
    .select({ graph: versions.graph })
    .from(versions)
    .where(and(eq(versions.journeyId, journeyId), eq(versions.number, version)))
    .get()
  if (stored === undefined) throw new Problem('not-found', { what: `${journeyId}@${version}` })
  const empty = { initial: '', final: [], states: {} }
  const plan = planOf(readStored(stored.graph, journeyId), empty, version, registry)
  const entrance = plan.triggers.find((trigger) => trigger.id === node)?.entrance
  if (entrance?.kind !== 'schedule') return { ownDay: false, next: null }
  const ownDay = entrance.ownDay === true
  return { ownDay, next: entrance.next(now, zoneOf(plan, brand), ownDay ? ownZones(db) : []) }
}

/**
 * Whoever has just come in may live where the day begins earlier than for anybody before: triggers by the
 * customer's own day that would fire too late for them fire earlier.
 */
export function bringForwardOwnDays(db: BrandDatabase, registry: Registry, now: number): void {
  const brand = readBrand(db)
  db.orm.transaction(
    () => {
      const waiting = and(gt(triggers.dueAt, now), isNull(triggers.cursor))
      for (const row of db.orm.select().from(triggers).where(waiting).all()) {
        const { ownDay, next } = nextFiringOf(db, row, { now, brand, registry })
        if (!ownDay || next === null || row.dueAt === null || next.at >= row.dueAt) continue
        db.orm
          .update(triggers)
          .set({ dueAt: next.at })
          .where(and(eq(triggers.journeyId, row.journeyId), eq(triggers.node, row.node)))
          .run()
      }
    },
    { behavior: 'immediate' },
  )
}
