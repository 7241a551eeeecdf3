import type { LocalText } from '../text.ts'

export type Severity = 'error' | 'warning'

export interface DiagnosticEntry {
  readonly severity: Severity
  readonly message: LocalText
  readonly mend: LocalText
}
