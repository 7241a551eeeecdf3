import type { z } from 'zod'
import { type PlacedIssue, placedIssues } from '../../shared/journey/issue.ts'
import {
  filled,
  type JourneyValues,
  type PlacedReference,
  placedReferences,
  withReferences,
} from '../../shared/journey/values.ts'
import type { NodeType } from '../../shared/nodes/type.ts'

/** Complaints about a value whose shape is right: too short, too large, not well formed. */
const aboutValues = new Set(['too_small', 'too_big', 'invalid_format', 'custom', 'not_multiple_of'])

export type DraftConfig =
  /** It can be edited; `issues` say what is not right yet. */
  | { readonly shape: 'right'; readonly config: unknown; readonly issues: readonly PlacedIssue[] }
  /** It has not the shape that the form is made for, as a file edited by hand may. */
  | { readonly shape: 'wrong'; readonly issues: readonly PlacedIssue[] }

function isValueIssue(issue: z.core.$ZodIssue): boolean {
  return aboutValues.has(issue.code)
}

/** Whether a reference stands for what something is compared with, where forms can show it. */
function isComparedWith(config: unknown, { path }: PlacedReference): boolean {
  const test = path.slice(0, -1).reduce<unknown>((part, key) => partAt(part, key), config)
  return path.at(-1) === 'value' && partAt(test, 'op') !== undefined
}

const partAt = (part: unknown, key: string | number): unknown =>
  typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined

/**
 * What a form is given: the configuration as the schema reads it or, while it is unfinished, as it stands. Variables
 * that something is compared with stand in their places.
 */
export function readDraft(type: NodeType, drawn: unknown, values: JourneyValues): DraftConfig {
  const references = placedReferences(drawn)
  const shown = references.every((one) => isComparedWith(drawn, one))
  // One that is not there any more is named by the check, and chosen anew in the form.
  const standIns = Object.fromEntries(references.map(({ name }) => [name, '']))
  const config: unknown = shown ? filled(drawn, { ...standIns, ...values }) : drawn
  const read = readFilled(type, config)
  return read.shape === 'wrong' ? read : { ...read, config: withReferences(read.config, drawn) }
}

function readFilled(type: NodeType, config: unknown): DraftConfig {
  const parsed = type.config.safeParse(config)
  if (parsed.success) return { shape: 'right', config: parsed.data, issues: [] }
  const issues = placedIssues(parsed.error)
  return parsed.error.issues.every(isValueIssue)
    ? { shape: 'right', config, issues }
    : { shape: 'wrong', issues }
}
