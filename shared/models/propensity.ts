import type { LocalText } from '../text.ts'
import type { BuyingDay } from './histories.ts'
import { contributionsOf, type Logistic, probabilityOf } from './logistic.ts'

/** Within how many days a purchase is looked for. */
export const propensityDays = 30
const recentDays = 90
const yearDays = 365

/** What is known of a customer on a day. */
interface Known {
  readonly days: readonly BuyingDay[]
  readonly until: number
  /** Orders bought for less, of all orders. */
  readonly reducedShare: number
}

const last = ({ days, until }: Known) => until - (days.at(-1)?.day ?? until)
const first = ({ days, until }: Known) => until - (days[0]?.day ?? until)
const since = ({ days, until }: Known, back: number) => days.filter(({ day }) => day > until - back).length
const average = ({ days }: Known) =>
  days.reduce((sum, { worth }) => sum + worth, 0) / Math.max(1, days.length)
const gap = (known: Known) => (first(known) - last(known)) / Math.max(1, known.days.length - 1)
/** How many of the usual gaps have passed since the last purchase; one where there is no gap yet. */
const overdue = (known: Known) =>
  known.days.length < 2 ? 1 : Math.min(5, last(known) / Math.max(1, gap(known)))
/** In how many past years something was bought in the days that come now. */
const inSeason = ({ days, until }: Known) =>
  new Set(
    days.flatMap(({ day }) => {
      const year = Math.ceil((until - day) / yearDays)
      const offset = day + year * yearDays - until
      return year >= 1 && offset > 0 && offset <= propensityDays ? [year] : []
    }),
  ).size

interface Feature {
  /** As it goes into the regression. */
  readonly of: (known: Known) => number
  /** As it is told to people, rounded. */
  readonly said: (known: Known) => number
  readonly words: LocalText
}

/** All that the propensity goes by. */
export const features = {
  recency: {
    of: (known) => Math.log1p(last(known)),
    said: last,
    words: { 'zh-CN': '上次购买在 {value} 天前', en: 'last bought {value} days ago' },
  },
  frequency: {
    of: ({ days }) => Math.log1p(days.length),
    said: ({ days }) => days.length,
    words: { 'zh-CN': '一共买过 {value} 次', en: 'has bought {value} times in all' },
  },
  recent: {
    of: (known) => Math.log1p(since(known, recentDays)),
    said: (known) => since(known, recentDays),
    words: { 'zh-CN': '近 90 天买过 {value} 次', en: 'bought {value} times in the last 90 days' },
  },
  tenure: {
    of: (known) => Math.log1p(first(known)),
    said: first,
    words: { 'zh-CN': '首次购买在 {value} 天前', en: 'first bought {value} days ago' },
  },
  overdue: {
    of: overdue,
    said: (known) => Math.round(overdue(known) * 100),
    words: {
      'zh-CN': '距上次购买已到平时间隔的 {value}%',
      en: 'the usual gap between purchases has passed to {value}%',
    },
  },
  worth: {
    of: (known) => Math.log1p(Math.max(0, average(known))),
    said: average,
    words: { 'zh-CN': '平均每次消费 {value}', en: 'spends {value} a purchase' },
  },
  season: {
    of: inSeason,
    said: inSeason,
    words: {
      'zh-CN': '往年这个时候有 {value} 年买过',
      en: 'bought at this time of the year in {value} past years',
    },
  },
  reduced: {
    of: ({ reducedShare }) => reducedShare,
    said: ({ reducedShare }) => Math.round(reducedShare * 100),
    words: { 'zh-CN': '{value}% 的订单用了优惠', en: 'bought {value}% of the orders for less' },
  },
} as const satisfies Record<string, Feature>
export type FeatureName = keyof typeof features

const isFeature = (name: string): name is FeatureName => Object.hasOwn(features, name)
export const featureNames = Object.keys(features).filter(isFeature)

export const featuresOf = (known: Known): number[] => featureNames.map((name) => features[name].of(known))

/** A feature that moved a score: up or down, with what is so of the customer. */
export interface Reason {
  readonly feature: FeatureName
  readonly up: boolean
  /** Of `worth` minor units. */
  readonly value: number
}

/** How many reasons are told. */
const mostReasons = 3
/** What moves the log-odds by less is no reason. */
const leastMove = 0.05

/** The strongest reasons first. */
export function reasonsOf(model: Logistic, known: Known): Reason[] {
  return contributionsOf(model, featuresOf(known))
    .flatMap((move, index) => {
      const feature = featureNames[index]
      return feature === undefined || Math.abs(move) < leastMove ? [] : [{ feature, move }]
    })
    .toSorted((left, right) => Math.abs(right.move) - Math.abs(left.move))
    .slice(0, mostReasons)
    .map(({ feature, move }) => ({ feature, up: move > 0, value: Math.round(features[feature].said(known)) }))
}

export const propensityOf = (model: Logistic, known: Known): number => probabilityOf(model, featuresOf(known))

/** A probability as a rank from 1 to 100, by the 99 probabilities that divide the base; of equals the middle one. */
export function rankOf(cuts: readonly number[], probability: number): number {
  let below = 0
  let equal = 0
  for (const cut of cuts) {
    if (cut < probability) below += 1
    else if (cut === probability) equal += 1
  }
  return 1 + Math.round(below + equal / 2)
}
