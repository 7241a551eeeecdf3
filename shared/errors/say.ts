import type { Locale, LocalText } from '../text.ts'
import { errors, fill, Problem } from './index.ts'

/** Values of a text in one language: of `first` in Chinese it is `first_zh` where there is one. */
function valuesIn(locale: Locale, details: Problem['details']): Problem['details'] {
  if (locale === 'en') return details
  const own = Object.entries(details).filter(([name]) => name.endsWith('_zh'))
  return { ...details, ...Object.fromEntries(own.map(([name, value]) => [name.slice(0, -3), value])) }
}

/** A value that is a text itself, as details of a problem hold it. */
export function inBoth(name: string, text: LocalText | undefined): Record<string, string> {
  return { [name]: text?.en ?? '', [`${name}_zh`]: text?.['zh-CN'] ?? '' }
}

/** A text of the table of errors in one language, its values filled in, which may be texts of their own. */
export function fillIn(locale: Locale, text: LocalText, details: Problem['details']): string {
  return fill(text[locale], valuesIn(locale, details))
}

/** What is wrong, in one language, for answers that report it later; the cause is for the log. */
export function problemText(error: unknown, locale: Locale): string {
  if (error instanceof Problem) return fillIn(locale, errors[error.code].message, error.details)
  return fillIn(locale, errors.internal.message, {})
}
