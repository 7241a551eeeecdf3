import { createContext } from 'react'

export interface FieldProblem {
  readonly text: string
  readonly severity: 'error' | 'warning'
}

/** What is wrong at a field of the form, in the reader's language; by the field's path. */
export type FieldProblems = (path: string) => readonly FieldProblem[]

export const FieldProblemsContext = createContext<FieldProblems>(() => [])

/** What stands before the paths of fields that belong to one entry of a list, such as `fallbacks.0.`. */
export const FieldPlaceContext = createContext('')
