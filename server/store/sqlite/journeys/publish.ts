import { eq } from 'drizzle-orm'
import {
  compile,
  looseNamesOf,
  type Plan,
  planOf,
  type TransitionTable,
} from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { canonicalJson, type Journey } from '../../../../shared/journey/graph.ts'
import { spacingOf } from '../../../../shared/journey/rate.ts'
import { filledIn, withValues } from '../../../../shared/journey/values.ts'
import type { FateChoice } from '../../../../shared/run/fate.ts'
import { zoneOf } from '../../../../shared/run/step.ts'
import type { Act } from '../../../ports/acts.ts'
import {
  JourneyHasErrors,
  type Prepared,
  type PrepareOptions,
  type Published,
  type PublishOptions,
  type StoredJourney,
} from '../../../ports/journeys.ts'
import { readAssets } from '../assets/read.ts'
import { savedAudiences } from '../audiences/base.ts'
import { makeLists } from '../audiences/lists.ts'
import { readLibrary } from '../contents/read.ts'
import { readDefinitions } from '../coupons/read.ts'
import { knownAttributes } from '../customers/fields.ts'
import { knownNames } from '../customers/names.ts'
import type { BrandDatabase } from '../database.ts'
import { anchorText } from '../entering/anchor.ts'
import { keepTriggers } from '../entering/triggers.ts'
import { journeys, triggers, versions } from '../tables.ts'
import { decideFates } from './fates.ts'
import { timedOf } from './own-days.ts'
import { getJourney, hashOf, journeyReader, lastNumber, liveVersionOf, readOrNull } from './read.ts'
import { givenValues, settleValues, valuesHeld } from './values.ts'

export const nothingSaid: FateChoice = { fate: null, mapping: {} }

/** Publishing at a moment. */
export type PublishNow = PublishOptions & { readonly now: number; readonly act?: Act }

/** What of the brand's own a journey is compiled with, beside its attributes, as a text that differs when it does. */
function knowledge({ sqlite }: BrandDatabase): string {
  const audiences = sqlite.prepare('select key, condition from audiences order by key').all()
  const followers = sqlite.prepare('select * from followers order by journey_id, node').all()
  const contents = sqlite.prepare('select key, revision from contents order by key').all()
  const assets = sqlite.prepare('select key, updated_at from assets order by key').all()
  const coupons = sqlite.prepare('select key, revision from coupon_definitions order by key').all()
  return JSON.stringify([audiences, followers, contents, assets, coupons])
}

/** The version that runs; null where none does, or it cannot be read. */
function runningGraph(db: BrandDatabase, stored: StoredJourney): Journey | null {
  const live = stored.status === 'stopped' ? null : liveVersionOf(db, stored)
  return live === null ? null : readOrNull(live.graph)
}

function preparedOf(db: BrandDatabase, stored: StoredJourney, options: PrepareOptions): Prepared {
  const { now, brand, registry, absentChannels = new Set(), signature = null } = options
  const { journey, revision } = stored
  const zone = journey.settings.zone ?? brand.zone
  const known = {
    attributes: knownAttributes(db),
    audiences: savedAudiences(db.sqlite),
    journeys: journeyReader(db),
  }
  const names = knownNames(db, looseNamesOf(journey, registry))
  const contents = readLibrary(db)
  const assets = readAssets(db)
  const coupons = readDefinitions(db)
  const sending = { absentChannels, signature, caps: brand.caps, contents, assets, coupons, ...known, names }
  const published = runningGraph(db, stored)
  const compiled = compile(journey, { registry, now, zone, publishing: true, published, ...sending })
  return { revision, hash: hashOf(journey), compiled, knows: knowledge(db) }
}

/** Compiles the draft for publishing; changes nothing. Problem `not-found`. */
export function prepare(db: BrandDatabase, id: string, options: PrepareOptions): Prepared {
  return db.orm.transaction(() => preparedOf(db, getJourney(db, id), options))
}

/**
 * Freezes the draft as a version and lets customers in (rules 3 and 21). All in one transaction. What means
 * the same as the live version makes no new one, so nobody enters twice. A paused journey stays paused.
 * Problems `stale-revision`, `journey-has-errors` (a JourneyHasErrors) and those of `decideFates`, which change nothing.
 */
export function publish(db: BrandDatabase, id: string, options: PublishNow): Published {
  const { now, brand, registry, revision, prepared = null, choice = nothingSaid } = options
  return db.orm.transaction(
    () => {
      const stored = getJourney(db, id)
      if (stored.revision !== revision)
        throw new Problem('stale-revision', { revision, current: stored.revision }, 'revision')
      const { journey } = stored
      const fresh = prepared?.revision === revision && prepared.knows === knowledge(db)
      const { compiled, hash } = fresh ? prepared : preparedOf(db, stored, options)
      if (!compiled.ok) throw new JourneyHasErrors(compiled.diagnostics)
      const live = liveVersionOf(db, stored)
      const same = live !== null && live.hash === hash
      const number = same ? live.number : lastNumber(db, id) + 1
      makeLists(db, journey, { registry, now })
      const before = live === null ? null : readOrNull(live.graph)
      const was = before === null ? null : asItRuns(db, before)
      if (!same) {
        settleValues(db, journey, before, now)
        freeze(db, { journey, number, hash, table: compiled.table, now })
      }
      if (!same || stored.status === 'stopped') {
        const runs = asItRuns(db, journey)
        const plan = planOf(runs, compiled.table, number, registry)
        setTriggers(db, plan, runs, stored.status === 'stopped' ? null : was, now, brand)
      }
      const asked = { id, next: journey, number, isNew: !same, choice, registry }
      const { moving, leaving, finishing } = decideFates(db, asked, { now, act: options.act ?? null })
      const status = stored.status === 'paused' ? 'paused' : 'live'
      db.orm
        .update(journeys)
        .set({
          ...{ status, liveVersion: number, revision: revision + 1, updatedAt: now },
          spacingMs: spacingOf(journey.settings),
        })
        .where(eq(journeys.id, id))
        .run()
      return {
        version: number,
        status,
        revision: revision + 1,
        diagnostics: compiled.diagnostics,
        onEarlierVersions: finishing,
        moving,
        leaving,
      }
    },
    { behavior: 'immediate' },
  )
}

/** A version with the values that its variables have been given, in the places that name them. */
function asItRuns(db: BrandDatabase, journey: Journey): Journey {
  return filledIn(withValues(journey, valuesHeld(givenValues(db, journey.id))))
}

function freeze(
  db: BrandDatabase,
  made: { journey: Journey; number: number; hash: string; table: TransitionTable; now: number },
): void {
  db.orm
    .insert(versions)
    .values({
      journeyId: made.journey.id,
      number: made.number,
      hash: made.hash,
      graph: JSON.stringify(made.journey),
      transitions: JSON.stringify(made.table),
      publishedAt: made.now,
    })
    .run()
}

/**
 * One row for each scheduled trigger. A trigger that means the same as before keeps its next firing and the
 * one under way; a new or changed one fires first after now.
 */
export function setTriggers(
  db: BrandDatabase,
  plan: Plan,
  journey: Journey,
  before: Journey | null,
  now: number,
  brand: Brand,
): void {
  const id = journey.id
  const known = new Map(
    db.orm
      .select()
      .from(triggers)
      .where(eq(triggers.journeyId, id))
      .all()
      .map((row) => [row.node, row]),
  )
  db.orm.delete(triggers).where(eq(triggers.journeyId, id)).run()
  keepTriggers(db, plan, (node) => sameTrigger(before, journey, node))
  for (const { id: node, entrance } of plan.triggers) {
    const timed = timedOf(db, entrance, now, zoneOf(plan, brand))
    if (timed === null) continue
    const row = sameTrigger(before, journey, node) ? known.get(node) : undefined
    const { next } = timed
    const fresh = { dueAt: next?.at ?? null, anchor: anchorText(next?.anchor ?? null), firedAt: null }
    db.orm
      .insert(triggers)
      .values({ ...(row ?? fresh), journeyId: id, node, version: plan.version })
      .run()
  }
}

function sameTrigger(before: Journey | null, after: Journey, node: string): boolean {
  const meaning = (journey: Journey) => {
    const { type, config } = journey.nodes[node] ?? {}
    return canonicalJson({ type, config, zone: journey.settings.zone ?? null })
  }
  return before !== null && meaning(before) === meaning(after)
}
