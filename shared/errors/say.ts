import type { Locale } from '../text.ts'
import { errors, fill, Problem } from './index.ts'

/** Values of a text in one language: of `first` in Chinese it is `first_zh` where there is one. */
function valuesIn(locale: Locale, details: Problem['details']): Problem['details'] {
  if (locale === 'en') return details
  const own = Object.entries(details).filter(([name]) => name.endsWith('_zh'))
  return { ...details, ...Object.fromEntries(own.map(([name, value]) => [name.slice(0, -3), value])) }
}

/** What is wrong, in one language, for answers that report it later; the cause is for the log. */
export function problemText(error: unknown, locale: Locale): string {
  if (error instanceof Problem)
    return fill(errors[error.code].message[locale], valuesIn(locale, error.details))
  return fill(errors.internal.message[locale], {})
}
