import {
  type TimelineEntry,
  type TimelinePage,
  type TimelineQuery,
  timelineKinds,
  type UntoldEntry,
} from '../../../../shared/api/timeline.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { WrittenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import { type GraphReader, namer } from './story-rows.ts'
import { type Asked, type Found, sources } from './story-sources.ts'

/** Where a page ended: the time, the source and the key of its last entry. */
interface Place {
  readonly at: number
  readonly source: number
  readonly key: number
}

const last = Number.MAX_SAFE_INTEGER
const start: Place = { at: last, source: -1, key: last }

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return start
  const [at = 0, source = 0, key = 0] = cursor.split('.').map(Number)
  return { at, source, key }
}

const cursorOf = ({ at, source, key }: Place) => `${at}.${source}.${key}`

/** How far a source counts at the moment of the place: those above it were all told, those beneath not at all. */
function keyFor(source: number, place: Place): number {
  if (source === place.source) return place.key
  return source < place.source ? -1 : last
}

const likeOf = (text: string) => `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`

const isCalled = (name: WrittenText | undefined, words: string) =>
  name !== undefined && Object.values(name).some((text) => text?.toLowerCase().includes(words))

/** The nodes on the customer's ways that are called so, or whose journey is, as places. */
function nodesCalled(
  { sqlite }: BrandDatabase,
  customer: string,
  words: string,
  graphOf: GraphReader,
): string[] {
  if (words === '') return []
  const versions = sqlite
    .prepare<[string], { journeyId: string; version: number }>(
      'select distinct journey_id as journeyId, version from enrollments where customer_id = ?',
    )
    .all(customer)
  return versions.flatMap(({ journeyId, version }) => {
    const graph = graphOf(journeyId, version)
    if (graph === null) return []
    const all = isCalled(graph.name, words)
    return Object.entries(graph.nodes).flatMap(([node, { name }]) =>
      all || isCalled(name, words) ? [`${journeyId}\n${version}\n${node}`] : [],
    )
  })
}

type Placed = Found & { readonly source: number }

/** An entry as whoever asks is told it. */
export type Telling = (entry: UntoldEntry) => UntoldEntry

/**
 * Whether an entry answers a search by what is told of it: where something of it is kept back, the search must be found
 * in the rest, or what is kept back could be guessed piece by piece.
 */
function answers(words: string, tell: Telling | null): (found: Placed) => boolean {
  if (tell === null || words === '') return () => true
  return ({ entry }) => {
    const [all, told] = [textsIn(entry), textsIn(tell(entry))]
    return told === all || told.toLowerCase().includes(words)
  }
}

/** What something says, times and other numbers left out. */
function textsIn(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`
  return typeof value === 'object' && value !== null ? Object.values(value).map(textsIn).join('') : ''
}

/**
 * A page of all that happened between the brand and one customer, the newest first. Each source gives no more than the
 * page has room for, by keys of its own; what has the same moment is told in the order of the sources.
 */
export function timelinePageOf(
  db: BrandDatabase,
  customer: string,
  query: TimelineQuery,
  { registry, tell }: { readonly registry: Registry; readonly tell: Telling | null },
): TimelinePage {
  const { kinds = timelineKinds, from = 0, to, search = '', before, limit } = query
  const graphOf = graphReader(db)
  const words = search.trim().toLowerCase()
  const asked = {
    ...{ customer, from, limit: limit + 1, words, kinds: new Set(kinds) },
    like: words === '' ? null : likeOf(search.trim()),
    nodes: JSON.stringify(nodesCalled(db, customer, words, graphOf)),
  } satisfies Omit<Asked, 'key' | 'until'>
  const reading = { name: namer(graphOf), graphOf, registry }
  const after = (place: Place): Placed[] => {
    // The end is left out: of that moment nothing counts, of the one before everything.
    const end = to === undefined || place.at < to ? place : { at: to - 1, source: -1, key: last }
    const found = sources.flatMap(({ kinds: told, read }, source): Placed[] =>
      told.some((kind) => asked.kinds.has(kind))
        ? read(db, { ...asked, until: end.at, key: keyFor(source, end) }, reading).map((one) => ({
            ...one,
            source,
          }))
        : [],
    )
    found.sort((a, b) => b.entry.at - a.entry.at || a.source - b.source || b.key - a.key)
    return found.slice(0, limit + 1)
  }
  const shown = answers(words, tell)
  const found: Placed[] = []
  let place: Place | null = placeOf(before)
  while (place !== null && found.length <= limit) {
    const next = after(place)
    found.push(...next.filter(shown))
    const bottom = next.at(-1)
    place = next.length > limit && bottom !== undefined ? { ...bottom, at: bottom.entry.at } : null
  }
  const page = found.slice(0, limit)
  const bottom = page.at(-1)
  const entries = page.map(({ key, source, entry }): TimelineEntry => ({ ...entry, id: `${source}.${key}` }))
  const more = found.length > limit && bottom !== undefined
  return { entries, next: more ? cursorOf({ ...bottom, at: bottom.entry.at }) : null }
}
