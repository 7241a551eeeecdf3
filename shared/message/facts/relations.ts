import { FIGURES } from './numerals.ts'

/** What a known figure or day was made to say instead. */
export interface TurnedRelation {
  readonly code: 'added-offer' | 'added-date'
  readonly shown: string
}

const before = '(?:之|以)?前|截止|为止|止'
const after = '(?:之|以)?后|起|开始'
const chineseDay = '(\\d{1,2}) ?月 ?(\\d{1,2}) ?[日号]?(?:\\([^)]*\\))? ?'
const englishDay = '(?:the )?([a-z]{3,9}\\.? ?\\d{1,2}|\\d{1,2}(?: of)? [a-z]{3,9})'
const untilDay = new RegExp(`${chineseDay}(?:${before})|(?:until|till|by|before|through) ${englishDay}`, 'g')
const fromDay = new RegExp(`${chineseDay}(?:${after})|(?:from|after|since|starting) ${englishDay}`, 'g')
const days = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => ({
    day: match.slice(1).filter(Boolean).join('-'),
    shown: match[0],
  }))

const figure = `((?:${FIGURES}))`
const threshold = new RegExp(`满 ?${figure}[^\\d，。]{0,4}(?:减|省|抵|返|送) ?[¥￥]?${figure}`, 'g')
const offFirst = new RegExp(`[$€£]?${figure} off [^.,]{0,24}?(?:over|above|of|from) [$€£]?${figure}`, 'g')
const bare = (written: string | undefined) => (written ?? '').replaceAll(',', '')
const thresholds = (text: string) => [
  ...[...text.matchAll(threshold)].map((match) => ({
    pair: [bare(match[1]), bare(match[2])],
    shown: match[0],
  })),
  ...[...text.matchAll(offFirst)].map((match) => ({
    pair: [bare(match[2]), bare(match[1])],
    shown: match[0],
  })),
]

/** Figures and days that are known, put into another relation: 满 80 减 500, after the day until which it holds. */
export function turnedRelations(said: string, given: string): TurnedRelation[] {
  const known = thresholds(given).map(({ pair }) => pair.join(' '))
  const until = days(given, untilDay).map(({ day }) => day)
  const from = days(given, fromDay).map(({ day }) => day)
  return [
    ...thresholds(said)
      .filter(({ pair }) => known.includes([...pair].reverse().join(' ')) && !known.includes(pair.join(' ')))
      .map(({ shown }) => ({ code: 'added-offer' as const, shown })),
    ...[...days(said, fromDay), ...days(said, untilDay)]
      .filter(({ day, shown }) => {
        const isFrom = days(shown, fromDay).length > 0
        return isFrom
          ? until.includes(day) && !from.includes(day)
          : from.includes(day) && !until.includes(day)
      })
      .map(({ shown }) => ({ code: 'added-date' as const, shown })),
  ]
}
