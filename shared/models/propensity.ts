import type { LocalText } from '../text.ts'
import { contributionsOf, type Logistic, probabilityOf } from './logistic.ts'
import type { Standing } from './standing.ts'
import type { TouchKind } from './touches.ts'

/** What is known of a customer on a day. */
export interface Known {
  readonly standing: Standing
  readonly until: number
}

const last = ({ standing, until }: Known) => until - standing.last
const first = ({ standing, until }: Known) => until - standing.first
const average = ({ standing: { worth, days } }: Known) => worth / Math.max(1, days)
const gap = (known: Known) => (first(known) - last(known)) / Math.max(1, known.standing.days - 1)
/** How many of the usual gaps have passed since the last purchase; one where there is no gap yet. */
const overdue = (known: Known) =>
  known.standing.days < 2 ? 1 : Math.min(5, last(known) / Math.max(1, gap(known)))
const reducedShare = ({ standing: { reduced, orders } }: Known) => reduced / Math.max(1, orders)

/** How often something was touched in the days that count. */
const touches = (kind: TouchKind, words: LocalText): Feature => ({
  of: ({ standing }) => Math.log1p(standing[kind]),
  said: ({ standing }) => standing[kind],
  words,
})

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
    of: ({ standing }) => Math.log1p(standing.days),
    said: ({ standing }) => standing.days,
    words: { 'zh-CN': '一共买过 {value} 次', en: 'has bought {value} times in all' },
  },
  recent: {
    of: ({ standing }) => Math.log1p(standing.recent),
    said: ({ standing }) => standing.recent,
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
    of: ({ standing }) => standing.seasons,
    said: ({ standing }) => standing.seasons,
    words: {
      'zh-CN': '往年这个时候有 {value} 年买过',
      en: 'bought at this time of the year in {value} past years',
    },
  },
  reduced: {
    of: reducedShare,
    said: (known) => Math.round(reducedShare(known) * 100),
    words: { 'zh-CN': '{value}% 的订单用了优惠', en: 'bought {value}% of the orders for less' },
  },
  visits: touches('visits', {
    'zh-CN': '近 30 天浏览过 {value} 次',
    en: 'looked around {value} times in the last 30 days',
  }),
  carts: touches('carts', {
    'zh-CN': '近 30 天加购或收藏过 {value} 次',
    en: 'put something into the cart {value} times in the last 30 days',
  }),
  opens: touches('opens', {
    'zh-CN': '近 30 天打开过 {value} 次消息',
    en: 'opened messages {value} times in the last 30 days',
  }),
  clicks: touches('clicks', {
    'zh-CN': '近 30 天点击或回复过 {value} 次消息',
    en: 'clicked or answered messages {value} times in the last 30 days',
  }),
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
