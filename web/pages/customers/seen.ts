import type { TFunction } from 'i18next'
import { sayCondition, sayName } from '../../../shared/conditions/say.ts'
import { type Condition, type Measure, measures } from '../../../shared/conditions/schema.ts'
import { comparesAmount } from '../../../shared/journey/amounts.ts'
import type { Locale } from '../../../shared/text.ts'
import type { Json, Reason, Sayings } from './story.ts'

/** What one test saw, as the trace keeps it. */
type SeenValue = Readonly<Record<string, Json>>

const comma = (locale: Locale) => (locale === 'en' ? ', ' : '，')

/** What a branch's tests asked, whether they held, and the values that they saw; null where it asked nothing. */
export function sayAllSeen(reason: Reason, tests: readonly Condition[] | null, say: Sayings): string | null {
  const { t, locale } = say
  const seen = (Array.isArray(reason.seen) ? reason.seen : []).filter(
    (one): one is SeenValue => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
  if (seen.length === 0) return null
  if (tests === null || tests.length !== seen.length) {
    const values = [...new Set(seen.map((one) => saySeen(one, say)))]
    return t('story.seen', { values: values.join(comma(locale)) })
  }
  const told = tests.flatMap((test, index) => (seen[index] ? [sayTested(test, seen[index], say)] : []))
  return [...new Set(told)].join(locale === 'en' ? '; ' : '；')
}

/** The kinds whose words already say what was there, once one knows whether the test held. */
const plainKinds: ReadonlySet<string> = new Set(['tag', 'audience', 'anniversary', 'sequence', 'contact'])

/** Of an audience: nobody could say who was in it. */
const isUnknown = ({ actual = null }: SeenValue): boolean => actual === null

/** One test: what would have had to be, and what was. */
function sayTested(test: Condition, seen: SeenValue, say: Sayings): string {
  const { t, locale, currency } = say
  if (test.kind === 'audience' && isUnknown(seen)) return t('seen.audienceUnknown', { name: test.audience })
  const asked = { test: sayCondition(test, locale, currency), value: whatWas(test, seen, say) }
  if (plainKinds.has(test.kind)) return t(seen.holds === true ? 'seen.met' : 'seen.unmet', asked)
  return t(seen.holds === true ? 'seen.metBy' : 'seen.unmetBy', asked)
}

function whatWas(test: Condition, { actual = null }: SeenValue, { t, locale, money }: Sayings): string {
  if (actual === null || actual === '') return t('seen.missing')
  if (typeof actual !== 'number') return sayValue(actual, locale)
  if (comparesAmount(test)) return money(actual)
  // A mean is compared as it is, and shown with two decimals.
  const isMean = test.kind === 'events' && test.measure === 'average'
  return sayValue(isMean ? Number(actual.toFixed(2)) : actual, locale)
}

/** One test's value alone. Events are named by their measure and event, such as `count order`. */
function saySeen(seen: SeenValue, { t, locale, money }: Sayings): string {
  const written = String(seen.name ?? '')
  const actual = seen.actual ?? null
  const value = actual === null || actual === '' ? t('seen.missing') : sayValue(actual, locale)
  if (seen.kind === 'tag') return sayWhether(actual === true, 'tag', written, t)
  if (seen.kind === 'audience' && isUnknown(seen)) return t('seen.audienceUnknown', { name: written })
  if (seen.kind === 'audience') return sayWhether(actual === true, 'audience', written, t)
  if (seen.kind === 'history') return t('seen.history', { name: written, value })
  if (seen.kind === 'picks') return t('seen.picks', { value })
  if (seen.kind !== 'events') return t('seen.plain', { name: sayName(written, locale), value })
  const [first, ...rest] = written.split(' ')
  const event = sayName(rest.join(' '), locale)
  const measure = measures.find((one) => one === first) ?? 'count'
  const shown = isMoney[measure] && typeof actual === 'number' ? money(actual) : value
  return t(`seen.${measure}`, { event, value: shown })
}

/** What is measured in money, unless a test says otherwise. */
const isMoney = {
  count: false,
  sum: true,
  average: true,
  distinct: false,
  first: false,
  last: false,
} as const satisfies Record<Measure, boolean>

function sayWhether(yes: boolean, kind: 'tag' | 'audience', name: string, t: TFunction<'customers'>): string {
  return t(`seen.${kind}${yes ? 'Yes' : 'No'}`, { name })
}

/** A line of an order or a cart by what it is of, and how many; null where it is nothing of the kind. */
function sayLine(value: Json): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const name = [value.title, value.name, value.sku].find(
    (one) => typeof one === 'string' || typeof one === 'number',
  )
  if (name === undefined) return null
  const { quantity } = value
  return typeof quantity === 'number' && quantity !== 1 ? `${name} ×${quantity}` : String(name)
}

/** A value that an event, an attribute or a test holds. */
export function sayValue(value: Json, locale: Locale): string {
  if (Array.isArray(value))
    return value.map((one) => sayLine(one) ?? sayValue(one, locale)).join(locale === 'en' ? ', ' : '、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
