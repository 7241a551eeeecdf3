import type { z } from 'zod'
import { type PlacedIssue, placedIssues } from '../../shared/journey/issue.ts'
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

/** What a form is given: the configuration as the schema reads it or, while it is unfinished, as it stands. */
export function readDraft(type: NodeType, config: unknown): DraftConfig {
  const parsed = type.config.safeParse(config)
  if (parsed.success) return { shape: 'right', config: parsed.data, issues: [] }
  const issues = placedIssues(parsed.error)
  return parsed.error.issues.every(isValueIssue)
    ? { shape: 'right', config, issues }
    : { shape: 'wrong', issues }
}
