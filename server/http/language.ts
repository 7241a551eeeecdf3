import { type Locale, locales } from '../../shared/text.ts'

/** The language that an Accept-Language header asks for (RFC 9110, 12.5.4); Chinese where it names neither. */
export function localeOf(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean)
      return { range: range.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { range } of wanted) {
    const primary = range.split('-')[0]
    const found = locales.find((locale) => locale.split('-')[0] === primary)
    if (found !== undefined) return found
  }
  return locales[0]
}
