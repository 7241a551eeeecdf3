import { filledBy } from '../../../../shared/compile/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { registry as builtIn } from '../../../../shared/nodes/index.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { BrandDatabase } from '../database.ts'
import { readOrNull } from '../journeys/read.ts'
import { readMeta, writeMeta } from '../settings/meta.ts'

/**
 * Makes the lists that a journey fills, empty as they are until somebody gets there: whoever asks *not in* one of them
 * means nobody yet, and not a list that has been lost. Within the caller's transaction.
 */
export function makeLists(
  { sqlite }: BrandDatabase,
  journey: Journey,
  { registry, now }: { readonly registry: Registry; readonly now: number },
): void {
  const insert = sqlite.prepare(
    `insert or ignore into audiences (key, name, kind, journey_id, created_at, updated_at) values (?, ?, 'list', ?, ?, ?)`,
  )
  for (const { audience, name } of filledBy(journey, registry))
    insert.run(audience, JSON.stringify(name), journey.id, now, now)
}

const made = 'lists-made'

/** Makes the lists of what an earlier release has published, which made them when the first customer came. */
export function makeListsUnlessDone(db: BrandDatabase): void {
  if (readMeta(db, made) === true) return
  const versions = db.sqlite.prepare<[], { graph: string; at: number }>(
    `select v.graph, v.published_at as at from versions v join journeys j on j.id = v.journey_id where j.deleted_at is null`,
  )
  db.sqlite.transaction(() => {
    for (const { graph, at } of versions.all()) {
      const journey = readOrNull(graph)
      if (journey !== null) makeLists(db, journey, { registry: builtIn, now: at })
    }
    writeMeta(db, made, true)
  })()
}
