import type { Locale } from '../../../shared/text.ts'

/** A language, as `en` or `zh-CN`, by its name; what is no such code is shown as it was written. */
export function sayLanguage(code: string, locale: Locale): string {
  // An imported column may hold anything, and Intl refuses what is not formed as a code is.
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(code)) return code
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(code) ?? code
}
