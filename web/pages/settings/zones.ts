import { currencies } from '../../../shared/money.ts'
import type { Locale } from '../../../shared/text.ts'

/** IANA zones that the browser knows, the most likely ones of this product's users first. */
export function zones(chosen: string | undefined): string[] {
  const likely = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo', 'UTC']
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([...likely, ...(chosen === undefined ? [] : [chosen]), ...known])]
}

/** The currencies with their names, the chosen one among them also where it is a rare one. */
export function currencyChoices(chosen: string | undefined, locale: Locale) {
  const names = new Intl.DisplayNames([locale], { type: 'currency' })
  const name = (code: string) => (/^[A-Z]{3}$/.test(code) ? names.of(code) : undefined)
  const codes = new Set([...Object.keys(currencies), ...(chosen === undefined ? [] : [chosen])])
  return [...codes].map((value) => ({ value, label: `${value} ${name(value) ?? ''}`.trim() }))
}

/** '00:00', '00:30', … '23:30' */
export const halfHours: readonly string[] = Array.from({ length: 48 }, (_, index) => {
  const hour = String(Math.floor(index / 2)).padStart(2, '0')
  return `${hour}:${index % 2 === 0 ? '00' : '30'}`
})
