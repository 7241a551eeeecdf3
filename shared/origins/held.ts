/**
 * Where one value came from: the number of its source, which is of one moment; or the number and the time; and of a
 * value that came with a merge whose it was before.
 */
export type OriginEntry =
  | number
  | readonly [source: number, at: number | null]
  | readonly [source: number, at: number | null, from: string]

/** Value → where it came from; `*` for all that are not named, which without it nobody knows. */
export type Origins = Readonly<Record<string, OriginEntry>>

export const unknownSource = 0

/** The values of a profile of which it is known where they came from, beside the attributes. */
export const profileValues = [
  'name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'registeredAt',
  'timezone',
  'language',
  'consentSms',
  'consentEmail',
] as const
export type ProfileValue = (typeof profileValues)[number]
const rest = '*'

/** The values of a customer by name: of attributes with a dot before it, as they may be called like a column. */
export type HeldValues = Readonly<Record<string, string | number | boolean | null>>

export const attributeKey = (name: string): string => `.${name}`

/** The attributes' part of the values that a customer has. */
export const attributeValues = (attributes: HeldValues): HeldValues =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [attributeKey(name), value]))

export function entryOf(origins: Origins, name: string): OriginEntry {
  if (Object.hasOwn(origins, name)) return origins[name] ?? unknownSource
  return origins[rest] ?? unknownSource
}

/** Whose all values of somebody new are. */
export const originsOfAll = (entry: OriginEntry): Origins => ({ [rest]: entry })

const isThere = (value: HeldValues[string] | undefined) => value !== undefined && value !== null

const wordOf = (entry: OriginEntry) => (typeof entry === 'number' ? String(entry) : JSON.stringify(entry))

/** As few words as say it: what most values have in common stands once. */
function compacted(entries: readonly (readonly [name: string, entry: OriginEntry])[]): Origins {
  const counts = new Map<string, number>()
  let common: OriginEntry = unknownSource
  let most = 0
  for (const [, entry] of entries) {
    const word = wordOf(entry)
    const count = (counts.get(word) ?? 0) + 1
    counts.set(word, count)
    if (count <= most) continue
    most = count
    common = entry
  }
  const word = wordOf(common)
  const others = entries.filter(([, entry]) => wordOf(entry) !== word)
  // Without a word for the rest nobody knows of it, which is what such a word would say.
  return { ...(common === unknownSource ? {} : { [rest]: common }), ...Object.fromEntries(others) }
}

const named = (values: HeldValues) => Object.keys(values).filter((name) => isThere(values[name]))

/** Which values of somebody are new or different, and which there are no more. */
export interface Change {
  readonly changed: readonly string[]
  readonly gone: readonly string[]
}

/** The origins of somebody of whom values have changed: those that are new or different come from the entry. */
export function changedOrigins(
  origins: Origins,
  { changed, gone }: Change,
  entry: OriginEntry,
): Record<string, OriginEntry> {
  const all = { ...origins }
  for (const name of gone) delete all[name]
  for (const name of changed) all[name] = entry
  return all
}

/** The same in as few words as say it, of somebody with these values. */
export const compactOrigins = (origins: Origins, values: HeldValues): Origins =>
  compacted(named(values).map((name) => [name, entryOf(origins, name)]))

export interface HeldBy {
  readonly values: HeldValues
  readonly origins: Origins
}

function cameFrom(entry: OriginEntry, from: string): OriginEntry {
  const [source, at = null, earlier] = typeof entry === 'number' ? [entry] : entry
  return [source, at, earlier ?? from]
}

/** The origins of two who are one from now on: what the survivor had not itself keeps its own, and says with whom it came. */
export function mergedOrigins(
  { own, other, after }: { readonly own: HeldBy; readonly other: HeldBy; readonly after: HeldValues },
  from: string,
): Origins {
  return compacted(
    named(after).map((name) => [
      name,
      own.values[name] === after[name]
        ? entryOf(own.origins, name)
        : cameFrom(entryOf(other.origins, name), from),
    ]),
  )
}

interface Undoing {
  readonly before: HeldBy
  readonly after: HeldValues
  readonly now: HeldBy
  readonly undone: HeldValues
}

/** The origins of a survivor after an undoing: what was written since keeps its own, all else has that of before again. */
export function undoneOrigins({ before, after, now, undone }: Undoing): Origins {
  return compacted(
    named(undone).map((name) => [
      name,
      entryOf(now.values[name] === after[name] ? before.origins : now.origins, name),
    ]),
  )
}
