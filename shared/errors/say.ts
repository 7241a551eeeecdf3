import type { Locale } from '../text.ts'
import { errors, fill, Problem } from './index.ts'

/** What is wrong, in one language, for answers that report it later; the cause is for the log. */
export function problemText(error: unknown, locale: Locale): string {
  if (error instanceof Problem) return fill(errors[error.code].message[locale], error.details)
  return fill(errors.internal.message[locale], {})
}
