import type { CustomerOrigins, ValueOrigin } from '../../../../shared/api/origins.ts'
import {
  attributeKey,
  entryOf,
  type OriginEntry,
  profileValues,
  unknownSource,
} from '../../../../shared/origins/held.ts'
import { type OriginKind, originKinds } from '../../../../shared/origins/kinds.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { profileSelect } from '../persons/kept.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { readOrigins, type StoredProfile } from './origins.ts'
import { readAttributes } from './stored.ts'

interface SourceRow {
  id: number
  kind: string
  name: string
  reference: string
  at: number
  journey: string | null
}

interface TagRow {
  tag: string
  at: number
  source: number | null
}

type Told = readonly (readonly [name: string, entry: OriginEntry])[]

const isKind = (kind: string): kind is OriginKind => Object.hasOwn(originKinds, kind)

const numberOf = (entry: OriginEntry) => (typeof entry === 'number' ? entry : entry[0])

/** Where each value of a customer came from, and each tag. */
export function originsOfCustomer({ sqlite }: BrandDatabase, id: string): CustomerOrigins {
  const row = sqlite
    .prepare<[string], StoredProfile & { origins: string | null }>(
      `select ${profileSelect} from customers where id = ?`,
    )
    .get(id)
  const tagged = sqlite
    .prepare<[string], TagRow>('select tag, at, source from tags where customer_id = ?')
    .all(id)
  if (row === undefined) return { profile: {}, attributes: {}, tags: {} }
  const origins = readOrigins(row.origins)
  const attributes = Object.keys(valueOr(readAttributes(row.attributes), {}))
  const profile = profileValues.flatMap((name) =>
    row[name] === null ? [] : [[name, entryOf(origins, name)] as const],
  )
  const own = attributes.map((name) => [name, entryOf(origins, attributeKey(name))] as const)
  const tags = tagged.map(({ tag, at, source }): readonly [string, OriginEntry] => [
    tag,
    source === null ? unknownSource : [source, at],
  ])
  const told = teller(
    sqlite
      .prepare<[string], SourceRow>(
        `select s.id, s.kind, s.name, s.reference, s.at, j.name as journey from sources s
         left join journeys j on s.kind = 'journey' and j.id = s.name
         where s.id in (select value from json_each(?))`,
      )
      .all(
        JSON.stringify([
          ...new Set([unknownSource, ...[...profile, ...own, ...tags].map(([, entry]) => numberOf(entry))]),
        ]),
      ),
  )
  return { profile: told(profile), attributes: told(own), tags: told(tags) }
}

function teller(rows: readonly SourceRow[]) {
  const sources = new Map(rows.map((row) => [row.id, row]))
  const originOf = (entry: OriginEntry): ValueOrigin => {
    const [number, said = null, from = null] = typeof entry === 'number' ? [entry] : entry
    const source = sources.get(number) ?? sources.get(unknownSource)
    const { kind = '', name = '', reference = '', journey = null } = source ?? {}
    const at = said ?? source?.at ?? null
    return {
      ...{ kind: isKind(kind) ? kind : 'unknown', name, reference, at, from },
      journeyName: journey === null ? null : valueOr(readColumn(journey, writtenText), null),
    }
  }
  return (entries: Told): Record<string, ValueOrigin> =>
    Object.fromEntries(entries.map(([name, entry]) => [name, originOf(entry)]))
}
