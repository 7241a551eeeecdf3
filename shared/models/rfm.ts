import type { LocalText } from '../text.ts'
import { type Cuts, quintileOf } from './quintiles.ts'
import type { Standing } from './standing.ts'

/** How recently, how often and for how much somebody has bought: the three of RFM, greater being better. */
export interface Rfm {
  readonly recency: number
  readonly frequency: number
  readonly value: number
}

export const rfmOf = (
  { last, days, worth }: Pick<Standing, 'last' | 'days' | 'worth'>,
  until: number,
): Rfm => ({
  recency: last - until,
  frequency: days,
  value: worth,
})

/** Where the base is divided into fifths, for each of the three. */
export type RfmCuts = Readonly<Record<keyof Rfm, Cuts>>

export function rfmScores(cuts: RfmCuts, rfm: Rfm): Rfm {
  return {
    recency: quintileOf(cuts.recency, rfm.recency),
    frequency: quintileOf(cuts.frequency, rfm.frequency),
    value: quintileOf(cuts.value, rfm.value),
  }
}

/** The two upper fifths count as high. */
const high = 4

/** The eight groups that marketers know by name: whether each of the three is high. */
export const segments = {
  champions: { 'zh-CN': '重要价值客户', en: 'Champions' },
  big_newcomers: { 'zh-CN': '重要发展客户', en: 'Big newcomers' },
  loyal_gone_quiet: { 'zh-CN': '重要保持客户', en: 'Loyal, gone quiet' },
  big_spenders_lost: { 'zh-CN': '重要挽留客户', en: 'Big spenders, lost' },
  frequent_small: { 'zh-CN': '一般价值客户', en: 'Frequent, small baskets' },
  recent_small: { 'zh-CN': '一般发展客户', en: 'Recent, small baskets' },
  once_frequent: { 'zh-CN': '一般保持客户', en: 'Once frequent' },
  faded: { 'zh-CN': '一般挽留客户', en: 'Faded' },
} as const satisfies Record<string, LocalText>
export type Segment = keyof typeof segments

/** By value, recency, frequency: 1 for high. */
const byHigh = {
  '111': 'champions',
  '110': 'big_newcomers',
  '101': 'loyal_gone_quiet',
  '100': 'big_spenders_lost',
  '011': 'frequent_small',
  '010': 'recent_small',
  '001': 'once_frequent',
  '000': 'faded',
} as const satisfies Record<string, Segment>

export function segmentOf({ recency, frequency, value }: Rfm): Segment {
  const bit = (score: number) => (score >= high ? '1' : '0')
  return byHigh[`${bit(value)}${bit(recency)}${bit(frequency)}`]
}
