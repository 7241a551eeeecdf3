import { inArray, or, sql } from 'drizzle-orm'
import { placesOf, referencesIn, type UsedKind } from '../../../../shared/compile/index.ts'
import { conditionSchema } from '../../../../shared/conditions/schema.ts'
import { textsIn } from '../../../../shared/contents/fields.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { contentsNamed } from '../../../../shared/message/contents-named.ts'
import { variablesOf } from '../../../../shared/message/variables.ts'
import { registry as allNodes } from '../../../../shared/nodes/index.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { Use, Used } from '../../../ports/uses.ts'
import { readLibrary } from '../contents/read.ts'
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

interface Places {
  readonly inJourney: (
    journey: Journey,
  ) => readonly { readonly node: string | null; readonly field: string | null }[]
  /** In what is kept as an audience's condition; null: nowhere. */
  readonly inCondition: (condition: unknown) => string | null
}

/** The key may stand deep in a condition, of which the very place is told; also in what no registry knows. */
const ofAudience = (key: string): Places => ({
  inJourney: ({ nodes }) =>
    Object.entries(nodes).flatMap(([node, { config }]) => {
      const field = placeIn(config, key, [])
      return field === null ? [] : [{ node, field }]
    }),
  // The condition's own root may be the very test that names it.
  inCondition: (condition) => placeIn({ condition }, key, []),
})

function ofAny(used: Used, registry: Registry): Places {
  return {
    inJourney: (journey) => placesOf(journey, registry, used),
    inCondition(value) {
      const condition = conditionSchema.safeParse(value)
      if (!condition.success)
        return JSON.stringify(value).includes(JSON.stringify(used.name)) ? 'condition' : null
      const names = referencesIn(condition.data, { node: null, field: 'condition' })
      return names.find(({ kind, name }) => kind === used.kind && name === used.name)?.field ?? null
    },
  }
}

const placesFor = {
  audience: ({ name }) => ofAudience(name),
  attribute: ofAny,
  event: ofAny,
  tag: ofAny,
  channel: ofAny,
  content: ofAny,
  asset: ofAny,
  coupon: ofAny,
  journey: ofAny,
  staff: ofAny,
  team: ofAny,
} as const satisfies Record<UsedKind, (used: Used, registry: Registry) => Places>

/** The places in one graph; of one that cannot be read, whether its text has the name anywhere. */
function usesIn(
  { id, name }: Pick<ListedJourney, 'id' | 'name'>,
  place: Pick<Use, 'state' | 'version'>,
  { journey, text }: { readonly journey: Journey | null; readonly text: string },
  { mark, places }: Looked,
): Use[] {
  const use = { kind: 'journey' as const, id, name, ...place }
  if (journey === null) return text.includes(mark) ? [{ ...use, node: null, field: null }] : []
  return places.inJourney(journey).map((found) => ({ ...use, ...found }))
}

interface RunningRow {
  id: string
  number: number
  graph: string
}

/** Versions that hold a text, and let customers in or have somebody under way. */
function running({ sqlite }: BrandDatabase, within: string): RunningRow[] {
  return sqlite
    .prepare<[string], RunningRow>(
      `select v.journey_id as id, v.number, v.graph from versions v join journeys j on j.id = v.journey_id
       where j.status not in ('draft', 'stopped') and j.deleted_at is null and instr(v.graph, ?) > 0
         and (v.number = j.live_version or exists (select 1 from enrollments e
           where e.journey_id = v.journey_id and e.version = v.number and e.ended_at is null))
       order by v.number desc`,
    )
    .all(within)
}

/** What is named in so many letters: only texts which hold it are read as journeys, as there may be many, and large ones. */
const byLetters: ReadonlySet<UsedKind> = new Set(['audience', 'journey', 'staff', 'team'])

/** Journeys whose draft holds a text, and those of the versions. */
function holding(db: BrandDatabase, within: string, versions: readonly RunningRow[]): ListedJourney[] {
  const ids = [...new Set(versions.map(({ id }) => id))]
  const drafts = sql`instr(${journeys.draft}, ${within}) > 0`
  return listedJourneys(db, ids.length === 0 ? drafts : or(drafts, inArray(journeys.id, ids)))
}

/** All that names something: journeys, drafts and what runs of them, and audiences but the one itself. */
export function usesOf(db: BrandDatabase, used: Used, registry: Registry = allNodes): Use[] {
  const looked = { mark: JSON.stringify(used.name), places: placesFor[used.kind](used, registry) }
  const within = byLetters.has(used.kind) ? looked.mark : '{'
  return [...usesBy(db, used, looked, within), ...usesInContents(db, used)]
}

/** All in whose settings a text stands, whatever it is there; such as a part of an address. */
export function usesOfText(db: BrandDatabase, text: string): Use[] {
  const places: Places = {
    inJourney: ({ nodes }) =>
      Object.entries(nodes).flatMap(([node, { config }]) =>
        JSON.stringify(config).includes(text) ? [{ node, field: null }] : [],
      ),
    inCondition: () => null,
  }
  const inContents = readLibrary(db).flatMap((content): Use[] => {
    if (!JSON.stringify(content).includes(text)) return []
    const { key: id, name } = content
    return [{ kind: 'content', id, name, state: 'running', version: null, node: null, field: null }]
  })
  return [...usesBy(db, null, { mark: text, places }, text), ...inContents]
}

interface Looked {
  readonly mark: string
  readonly places: Places
}

/** The same in journeys and audiences, which hold a text at least. */
function usesBy(db: BrandDatabase, used: Used | null, looked: Looked, within: string): Use[] {
  const versions = running(db, within)
  const inJourneys = holding(db, within, versions).flatMap((stored) => {
    const { id, journey, text } = stored
    return [
      ...versions
        .filter((version) => version.id === id)
        .flatMap(({ number, graph }) =>
          usesIn(
            stored,
            { state: 'running', version: number },
            { journey: readOrNull(graph), text: graph },
            looked,
          ),
        ),
      ...usesIn(stored, { state: 'draft', version: null }, { journey, text }, looked),
    ]
  })
  const inAudiences = db.orm
    .select()
    .from(audiences)
    .all()
    .flatMap((row): Use[] => {
      // A frozen one means its condition again once it is thawed.
      const condition = row.condition ?? row.frozenCondition
      if (condition === null || (used?.kind === 'audience' && row.key === used.name)) return []
      const read = readJson(condition)
      const field = read.readable ? looked.places.inCondition(read.value) : null
      const named = read.readable ? field !== null : condition.includes(looked.mark)
      if (!named) return []
      const name = valueOr(readColumn(row.name, writtenText), { en: row.key })
      return [{ kind: 'audience', id: row.key, name, state: 'running', version: null, node: null, field }]
    })
  return [...inJourneys, ...inAudiences]
}

/** The contents whose own texts name another content, or say an attribute. */
function usesInContents(db: BrandDatabase, { kind, name }: Used): Use[] {
  if (kind !== 'content' && kind !== 'attribute') return []
  return readLibrary(db).flatMap((content): Use[] => {
    const named = textsIn(content).find(({ text }) =>
      kind === 'content'
        ? contentsNamed(text).includes(name)
        : text.includes(`customer.${name}`) &&
          variablesOf(text).variables.some((one) => one.name === `customer.${name}`),
    )
    if (named === undefined || (kind === 'content' && content.key === name)) return []
    const { key: id, name: title } = content
    const place = { version: null, node: null, field: named.variant }
    return [{ kind: 'content', id, name: title, state: 'running', ...place }]
  })
}

/** All that names an audience. */
export function usesOfAudience(db: BrandDatabase, key: string): Use[] {
  return usesOf(db, { kind: 'audience', name: key })
}

/** What names a journey or the lists that it fills, itself apart; each place once. */
export function usesOfJourney(db: BrandDatabase, journeyId: string, lists: readonly string[]): Use[] {
  const uses = [
    ...usesOf(db, { kind: 'journey', name: journeyId }),
    ...[...new Set(lists)].flatMap((key) => usesOfAudience(db, key)),
  ].filter(({ kind, id }) => kind !== 'journey' || id !== journeyId)
  return [...new Map(uses.map((use) => [JSON.stringify({ ...use, field: null }), use])).values()]
}

/** What the log says of a thing that was taken away although it is used. */
export function despite(uses: readonly Use[]): { readonly detail?: { readonly usedBy: string } } {
  return uses.length === 0 ? {} : { detail: { usedBy: [...new Set(uses.map(({ id }) => id))].join(', ') } }
}
