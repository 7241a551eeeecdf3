import { inArray, or, sql } from 'drizzle-orm'
import type { AudienceUse } from '../../../../shared/api/customers.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { type ListedJourney, listedJourneys, readOrNull } from '../journeys/read.ts'
import { readColumn, readJson, valueOr } from '../stored-json.ts'
import { audiences, journeys } from '../tables.ts'

/** Where a condition, or a node that fills a list, names the audience: the path within a value; null: nowhere. */
function placeIn(value: unknown, key: string, path: readonly string[]): string | null {
  if (value === null || typeof value !== 'object') return null
  for (const [name, part] of Object.entries(value)) {
    if (name === 'audience' && part === key) return path.join('.')
    const found = placeIn(part, key, [...path, name])
    if (found !== null) return found
  }
  return null
}

type Place = Pick<AudienceUse, 'state' | 'version'>

/** The nodes that name it; of a graph that cannot be read, whether its text has the key anywhere. */
function usesIn(
  { id, name }: Pick<ListedJourney, 'id' | 'name'>,
  place: Place,
  { journey, text }: { readonly journey: Journey | null; readonly text: string },
  key: string,
): AudienceUse[] {
  const use = { kind: 'journey' as const, id, name, ...place }
  if (journey === null) return text.includes(JSON.stringify(key)) ? [{ ...use, node: null, field: null }] : []
  return Object.entries(journey.nodes).flatMap(([node, { config }]) => {
    const field = placeIn(config, key, [])
    return field === null ? [] : [{ ...use, node, field }]
  })
}

interface RunningRow {
  id: string
  number: number
  graph: string
}

/** Versions that name it, and let customers in or have somebody under way. */
function running({ sqlite }: BrandDatabase, named: string): RunningRow[] {
  return sqlite
    .prepare<[string], RunningRow>(
      `select v.journey_id as id, v.number, v.graph from versions v join journeys j on j.id = v.journey_id
       where j.status not in ('draft', 'stopped') and j.deleted_at is null and instr(v.graph, ?) > 0
         and (v.number = j.live_version or exists (select 1 from enrollments e
           where e.journey_id = v.journey_id and e.version = v.number and e.ended_at is null))
       order by v.number desc`,
    )
    .all(named)
}

/** Journeys by id, with their drafts, that name it in the draft or in a version that runs. */
function naming(db: BrandDatabase, named: string, versions: readonly RunningRow[]): ListedJourney[] {
  const ids = new Set(versions.map(({ id }) => id))
  const drafts = sql`instr(${journeys.draft}, ${named}) > 0`
  const those = ids.size === 0 ? drafts : or(drafts, inArray(journeys.id, [...ids]))
  return listedJourneys(db, those)
}

/**
 * All that names an audience: journeys, drafts and what runs of them, and other audiences. Only texts that hold the key
 * are read as journeys: there may be many, and large ones.
 */
export function usesOfAudience(db: BrandDatabase, key: string): AudienceUse[] {
  const named = JSON.stringify(key)
  const versions = running(db, named)
  const inJourneys = naming(db, named, versions).flatMap((stored) => {
    const { id, journey, text } = stored
    return [
      ...versions
        .filter((version) => version.id === id)
        .flatMap(({ number, graph }) =>
          usesIn(
            stored,
            { state: 'running', version: number },
            { journey: readOrNull(graph), text: graph },
            key,
          ),
        ),
      ...usesIn(stored, { state: 'draft', version: null }, { journey, text }, key),
    ]
  })
  const others = db.orm.select().from(audiences).all()
  const inAudiences = others.flatMap((row): AudienceUse[] => {
    if (row.condition === null || row.key === key) return []
    const read = readJson(row.condition)
    // The condition's own root may be the very test that names it.
    const field = read.readable ? placeIn({ condition: read.value }, key, []) : null
    const names = read.readable ? field !== null : row.condition.includes(named)
    if (!names) return []
    const name = valueOr(readColumn(row.name, writtenText), { en: row.key })
    return [{ kind: 'audience', id: row.key, name, state: 'running', version: null, node: null, field }]
  })
  return [...inJourneys, ...inAudiences]
}
