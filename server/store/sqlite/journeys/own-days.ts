import { and, eq, gt, isNull } from 'drizzle-orm'
import { planOf } from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import {
  type Entrance,
  type Firing,
  type ForEntrances,
  forEntrance,
} from '../../../../shared/nodes/entrance.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { zoneOf } from '../../../../shared/run/step.ts'
import { ownZones } from '../customers/zones.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand } from '../settings/meta.ts'
import { triggers, versions } from '../tables.ts'
import { readOrNull, readStored } from './read.ts'

type Row = typeof triggers.$inferSelect

/** When triggers fire that the clock opens; null for the others, which stand in no row. */
const firings: ForEntrances<[db: BrandDatabase, now: number, zone: string], Timed | null> = {
  schedule: ({ ownDay = false, next }, db, now, zone) => ({
    ownDay,
    next: next(now, zone, ownDay ? ownZones(db) : []),
  }),
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

interface Timed {
  readonly ownDay: boolean
  /** null where it never fires again. */
  readonly next: Firing | null
}

/** When an entrance of a version is opened next by the clock; null where it is not opened by it. */
export function timedOf(db: BrandDatabase, entrance: Entrance, now: number, zone: string): Timed | null {
  return forEntrance(firings, entrance, db, now, zone)
}

interface At {
  readonly now: number
  readonly brand: Brand
  readonly registry: Registry
}

/** The text of the version by which a trigger lets in. */
function graphOf(db: BrandDatabase, { journeyId, version }: Row): string {
  const stored = db.orm
    .select({ graph: versions.graph })
    .from(versions)
    .where(and(eq(versions.journeyId, journeyId), eq(versions.number, version)))
    .get()
  if (stored === undefined) throw new Problem('not-found', { what: `${journeyId}@${version}` })
  return stored.graph
}

function firingOf(db: BrandDatabase, { node, version }: Row, journey: Journey, at: At): Timed {
  const { now, brand, registry } = at
  const empty = { initial: '', final: [], states: {} }
  const plan = planOf(journey, empty, version, registry)
  const entrance = plan.triggers.find((trigger) => trigger.id === node)?.entrance
  const timed = entrance === undefined ? null : timedOf(db, entrance, now, zoneOf(plan, brand))
  return timed ?? { ownDay: false, next: null }
}

/** When a trigger fires next after `now`; null where it never does again. */
export function nextFiringOf(db: BrandDatabase, row: Row, at: At): Timed {
  return firingOf(db, row, readStored(graphOf(db, row), row.journeyId), at)
}

/**
 * Whoever has just come in may live where the day begins earlier than for anybody before: triggers by the
 * customer's own day that would fire too late for them fire earlier. A version that cannot be read stays as it
 * is: the engine tells of it when it is due.
 */
export function bringForwardOwnDays(db: BrandDatabase, registry: Registry, now: number): void {
  const brand = readBrand(db)
  db.orm.transaction(
    () => {
      const waiting = and(gt(triggers.dueAt, now), isNull(triggers.cursor))
      for (const row of db.orm.select().from(triggers).where(waiting).all()) {
        const journey = readOrNull(graphOf(db, row))
        if (journey === null) continue
        const { ownDay, next } = firingOf(db, row, journey, { now, brand, registry })
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
