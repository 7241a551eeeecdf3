import { canonicalJson, type Journey } from './graph.ts'
import { type Edge, edgesOf, targetOf } from './walk.ts'

/** A field that differs: its path in dots, and its values; undefined where it is absent. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What is different between two versions; the layout has no meaning and is left out. */
export interface JourneyDifference {
  /** The journey's own fields: name, description, settings, variables. */
  readonly journey: readonly FieldChange[]
  readonly nodes: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly changed: readonly { readonly id: string; readonly fields: readonly FieldChange[] }[]
  }
  readonly edges: { readonly added: readonly Edge[]; readonly removed: readonly Edge[] }
}

function partsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  const entries = Object.entries(value)
  return entries.length === 0 ? null : new Map(entries)
}

/** The fields in which two values differ. */
export function changesOf(before: unknown, after: unknown, field = ''): FieldChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  const old = partsOf(before)
  const now = partsOf(after)
  if (old === null || now === null || Array.isArray(before) !== Array.isArray(after))
    return [{ field, before, after }]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    changesOf(old.get(key), now.get(key), field === '' ? key : `${field}.${key}`),
  )
}

function edgesMissingIn(other: Journey, journey: Journey): Edge[] {
  return edgesOf(journey).filter(({ from, port, to }) => targetOf(other, from, port) !== to)
}

/** The difference of two versions, field by field. An edge that leads elsewhere is removed and added. */
export function differenceOf(before: Journey, after: Journey): JourneyDifference {
  const ids = Object.keys(after.nodes)
  const kept = ids.filter((id) => Object.hasOwn(before.nodes, id))
  const own = ({ name, description, settings, variables }: Journey) => ({
    name,
    description,
    settings,
    variables,
  })
  return {
    journey: changesOf(own(before), own(after)),
    nodes: {
      added: ids.filter((id) => !Object.hasOwn(before.nodes, id)),
      removed: Object.keys(before.nodes).filter((id) => !Object.hasOwn(after.nodes, id)),
      changed: kept.flatMap((id) => {
        const fields = changesOf(before.nodes[id], after.nodes[id])
        return fields.length === 0 ? [] : [{ id, fields }]
      }),
    },
    edges: { added: edgesMissingIn(before, after), removed: edgesMissingIn(after, before) },
  }
}
