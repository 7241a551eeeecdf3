import type { Journey } from './graph.ts'

/** A value that a journey gives itself, which may change while it runs. */
export type JourneyValue = string | number | boolean
/** Values by the name of their variable. */
export type JourneyValues = Readonly<Record<string, JourneyValue>>

/** Where a value of the journey stands in a configuration in place of one: `{ "variable": "discount" }`. */
const referenceKey = 'variable'

const isGroup = (part: unknown): part is Readonly<Record<string, unknown>> =>
  typeof part === 'object' && part !== null && !Array.isArray(part)

/** The variable that a part of a configuration names in place of a value; null where it is no such reference. */
export function referenceIn(part: unknown): string | null {
  if (!isGroup(part)) return null
  const { [referenceKey]: name, ...rest } = part
  return typeof name === 'string' && Object.keys(rest).length === 0 ? name : null
}

/** The values that the file itself gives. */
export function valuesOf({ variables }: Pick<Journey, 'variables'>): JourneyValues {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** The journey with other values for its variables; one that it does not give itself stays out. */
export function withValues(journey: Journey, values: JourneyValues): Journey {
  const changed = Object.entries(values).filter(
    ([name, value]) =>
      journey.variables[name]?.value !== undefined && journey.variables[name]?.value !== value,
  )
  if (changed.length === 0) return journey
  const variables = { ...journey.variables }
  for (const [name, value] of changed) variables[name] = { ...variables[name], value }
  return { ...journey, variables }
}

/** A part of a configuration with values in place of the references to them; of names that are not given none. */
export function filled<Part>(part: Part, values: JourneyValues): Part | JourneyValue {
  if (typeof part !== 'object' || part === null) return part
  const name = referenceIn(part)
  const value = name === null || !Object.hasOwn(values, name) ? undefined : values[name]
  if (value !== undefined) return value
  if (Array.isArray(part)) {
    const next = part.map((one: unknown) => filled(one, values))
    // The same items, or values where they named one.
    return next.some((one, index) => one !== part[index]) ? (next as Part) : part
  }
  const entries = Object.entries(part)
  const next = entries.map(([key, one]: [string, unknown]) => [key, filled(one, values)] as const)
  // The same keys, or values where they named one.
  return next.some(([, one], index) => one !== entries[index]?.[1])
    ? (Object.fromEntries(next) as Part)
    : part
}

/** The journey as it is read: each reference to a value of its own with that value in its place. */
export function filledIn(journey: Journey): Journey {
  const values = valuesOf(journey)
  if (Object.keys(values).length === 0) return journey
  let changed = false
  const nodes = Object.fromEntries(
    Object.entries(journey.nodes).map(([id, node]) => {
      // A configuration is a group, and no reference itself.
      const config = filled(node.config, values) as typeof node.config
      if (config === node.config) return [id, node]
      changed = true
      return [id, { ...node, config }]
    }),
  )
  return changed ? { ...journey, nodes } : journey
}

/** A reference, and where in its configuration it stands. */
export interface PlacedReference {
  readonly name: string
  readonly path: readonly (string | number)[]
}

/** The variables that a part of a configuration refers to, in the order in which they stand. */
export function placedReferences(part: unknown, path: PlacedReference['path'] = []): PlacedReference[] {
  const name = referenceIn(part)
  if (name !== null) return [{ name, path }]
  if (Array.isArray(part))
    return part.flatMap((one: unknown, index) => placedReferences(one, [...path, index]))
  return isGroup(part)
    ? Object.entries(part).flatMap(([key, one]) => placedReferences(one, [...path, key]))
    : []
}

/** Names of the variables that a part of a configuration refers to. */
export function referencesIn(part: unknown): string[] {
  return placedReferences(part).map(({ name }) => name)
}

/** What was read with values in place of references, with these in their places again. */
export function withReferences(read: unknown, drawn: unknown): unknown {
  if (referenceIn(drawn) !== null) return drawn
  if (Array.isArray(read) && Array.isArray(drawn))
    return read.map((one: unknown, index) => withReferences(one, drawn[index]))
  if (!isGroup(read) || !isGroup(drawn)) return read
  return Object.fromEntries(Object.entries(read).map(([key, one]) => [key, withReferences(one, drawn[key])]))
}

/** Values as texts name them: those whose name has a dot stand within others. */
export function namedValues(values: JourneyValues): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const path = name.split('.')
    let here = root
    for (const step of path.slice(0, -1)) {
      const next = Object.hasOwn(here, step) ? here[step] : undefined
      const inner: Record<string, unknown> = isGroup(next) ? { ...next } : {}
      here[step] = inner
      here = inner
    }
    here[path.at(-1) ?? name] = value
  }
  return root
}
