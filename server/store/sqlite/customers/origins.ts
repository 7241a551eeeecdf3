import {
  attributeValues,
  type Change,
  changedOrigins,
  compactOrigins,
  type HeldValues,
  type OriginEntry,
  type Origins,
  type ProfileValue,
  profileValues,
} from '../../../../shared/origins/held.ts'
import type { Origin } from '../../../../shared/origins/kinds.ts'
import type { BrandDatabase } from '../database.ts'
import { readJson, valueOr } from '../stored-json.ts'
import { readAttributes } from './stored.ts'

const none: Origins = {}

const isTime = (value: unknown) => value === null || typeof value === 'number'

function isEntry(value: unknown): value is OriginEntry {
  if (typeof value === 'number') return true
  if (!Array.isArray(value)) return false
  const [source, at, from] = value
  return typeof source === 'number' && isTime(at) && (from === undefined || typeof from === 'string')
}

/**
 * The column as it is meant; of what cannot be read nobody knows where it came from. Read by hand, as a file that changes
 * everybody reads it of each.
 */
export function readOrigins(text: string | null): Origins {
  if (text === null) return none
  const read = readJson(text)
  if (!read.readable || typeof read.value !== 'object' || read.value === null) return none
  return Object.fromEntries(Object.entries(read.value).filter(([, value]) => isEntry(value)))
}

/** Finds the number of a source, or gives it one; within the caller's transaction, since what is taken back has none. */
export function sourceKeeper({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const find = sqlite
    .prepare<[string, string, string, number], number>(
      'select id from sources where kind = ? and name = ? and reference = ? and at = ?',
    )
    .pluck()
  const add = sqlite
    .prepare<[string, string, string, number], number>(
      'insert into sources (kind, name, reference, at) values (?, ?, ?, ?) returning id',
    )
    .pluck()
  const numberOf = ({ kind, name, reference }: Origin, at: number): number => {
    const id = find.get(kind, name, reference, at) ?? add.get(kind, name, reference, at)
    if (id === undefined) throw new Error('a source without a number')
    return id
  }
  return {
    /** Of a tag, whose row has a time of its own. */
    numberOf: (origin: Origin) => numberOf(origin, 0),
    /** Of values that come in at a moment. A file is of one moment, which need not be said with each. */
    entryOf: (origin: Origin, now: number): OriginEntry =>
      origin.kind === 'import' ? numberOf(origin, now) : [numberOf(origin, 0), now],
  }
}

/** A profile as its columns are, under the names that origins have for its values. */
export interface StoredProfile extends Readonly<Record<ProfileValue, string | number | null>> {
  readonly attributes: string
}

/** No name has it. */
const separator = '\0'

/** More entries than these are looked through for what they have in common. */
const mostNamed = 6

/**
 * Where the values come from after a change, as the column has it. The rows of a file mostly change alike: what the last
 * one came to is known.
 */
export function originWriter(): (
  text: string | null,
  change: Change,
  entry: OriginEntry,
  values: () => HeldValues,
) => string {
  let key = ''
  let written = ''
  return (text, change, entry, values) => {
    const { changed, gone } = change
    const asked = [text, entry, ...changed, '', ...gone].join(separator)
    if (asked === key) return written
    const origins = changedOrigins(readOrigins(text), change, entry)
    if (Object.keys(origins).length > mostNamed) return JSON.stringify(compactOrigins(origins, values()))
    key = asked
    written = JSON.stringify(origins)
    return written
  }
}

/** All values of a profile, of each of which it is known where it came from. */
export function valuesOf({ attributes, ...profile }: StoredProfile): HeldValues {
  const own = profileValues.map((name) => [name, profile[name]] as const)
  return { ...Object.fromEntries(own), ...attributeValues(valueOr(readAttributes(attributes), {})) }
}

/** Sets where one value came from, beside the others; `@source` and `@at` say it. */
export const originSet = (name: 'phone' | 'email') =>
  `origins = json_set(coalesce(origins, '{}'), '$.${name}', json_array(@source, @at))`
