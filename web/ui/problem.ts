import type { Locale } from '../../shared/text.ts'

/** What a presentational part needs of a problem; the API client's ApiProblem is one. */
export interface ShownProblem {
  readonly code: string
  readonly place: string | undefined
  describe: (locale: Locale) => string
  mend: (locale: Locale) => string | undefined
}

/** Whether a thrown thing can tell itself to the reader. */
export function isShownProblem(thrown: unknown): thrown is ShownProblem {
  return thrown instanceof Error && 'code' in thrown && 'describe' in thrown && 'mend' in thrown
}
