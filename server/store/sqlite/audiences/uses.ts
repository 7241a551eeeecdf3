import type { AudienceUse } from '../../../../shared/api/customers.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { allJourneys, type ListedJourney, readOrNull } from '../journeys/read.ts'
import { readColumn, readJson, valueOr } from '../stored-json.ts'
import { audiences } from '../tables.ts'

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

/** Versions that let customers in, or in which somebody is still under way. */
function running({ sqlite }: BrandDatabase, id: string, liveVersion: number | null) {
  return sqlite
    .prepare<{ id: string; live: number | null }, { number: number; graph: string }>(
      `select number, graph from versions v where journey_id = @id and (number = @live or exists (
         select 1 from enrollments e where e.journey_id = @id and e.version = v.number and e.ended_at is null))
       order by number desc`,
    )
    .all({ id, live: liveVersion })
}

/** All that names an audience: journeys, drafts and what runs of them, and other audiences. */
export function usesOfAudience(db: BrandDatabase, key: string): AudienceUse[] {
  const inJourneys = allJourneys(db).flatMap((stored) => {
    const { id, journey, text, status, liveVersion } = stored
    const stopped = status === 'stopped' || status === 'draft'
    const versions = stopped ? [] : running(db, id, liveVersion)
    return [
      ...versions.flatMap(({ number, graph }) =>
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
    const named = read.readable ? field !== null : row.condition.includes(JSON.stringify(key))
    if (!named) return []
    const name = valueOr(readColumn(row.name, writtenText), { en: row.key })
    return [{ kind: 'audience', id: row.key, name, state: 'running', version: null, node: null, field }]
  })
  return [...inJourneys, ...inAudiences]
}
