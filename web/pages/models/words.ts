import type { CustomerScores } from '../../../shared/api/customers.ts'
import { fillIn } from '../../../shared/errors/say.ts'
import { features } from '../../../shared/models/propensity.ts'
import { entryOf, type ScoreName, wordOf } from '../../../shared/models/scores.ts'
import { minorUnits } from '../../../shared/money.ts'
import type { Locale } from '../../../shared/text.ts'
import type { useFormat } from '../../ui/useFormat.ts'

type Format = ReturnType<typeof useFormat>

const hour = (value: number) => `${String(value).padStart(2, '0')}:00`

/** A score in words: a share as a percentage, money in the brand's currency, a word by its name. */
export function sayScore(name: ScoreName, value: string | number, format: Format): string {
  const word = wordOf(name, value)
  if (word !== null) return format.text(word)
  if (typeof value === 'string') return value
  switch (entryOf(name).kind) {
    case 'share':
      return format.share(value)
    case 'money':
      return format.money(Math.round(value * minorUnits(format.currency)))
    case 'hour':
      return hour(value)
    case 'number':
      return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
    case 'fifth':
    case 'rank':
    case 'word':
    case 'text':
      return String(value)
  }
}

/** Why a propensity is what it is, in a sentence. */
export function sayReason(
  { feature, value }: CustomerScores['reasons'][number],
  locale: Locale,
  format: Format,
): string {
  const shown = feature === 'worth' ? format.money(value) : format.count(value)
  return fillIn(locale, features[feature].words, { value: shown })
}
