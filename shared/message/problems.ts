import { errors, fill } from '../errors/index.ts'
import type { LocalText } from '../text.ts'

/** Why a template could not be made into a message. Lines and columns count from 1. */
export type RenderProblem =
  | { code: 'missing-value'; variable: string }
  | { code: 'value-not-text'; variable: string }
  | { code: 'template-syntax'; line: number; column: number; detail: string }
  | { code: 'template-filter'; line: number; column: number; detail: string }
  | { code: 'value-not-date' | 'value-not-number' | 'value-not-amount'; variable: string; value: string }
  | { code: 'unknown-date-format'; line: number; column: number; format: string }
  | { code: 'filter-arguments'; line: number; column: number; filter: string; expected: string }
  | { code: 'template-too-heavy' }
  | { code: 'blank-message' }
  | { code: 'invalid-json'; detail: string }
  | { code: 'broken-text' | 'leaked-value'; found: string }

/** What is wrong and how to mend it, for the marketer; the texts stand in the table of errors. */
export function describeRenderProblem(problem: RenderProblem): { message: LocalText; mend: LocalText } {
  const { code, ...details } = problem
  const entry = errors[code]
  const both = (text: LocalText): LocalText => ({
    'zh-CN': fill(text['zh-CN'], details),
    en: fill(text.en, details),
  })
  return { message: both(entry.message), mend: both(entry.mend) }
}
