import { channels } from '../channels/index.ts'
import type { LocalText } from '../text.ts'
import { segments } from './rfm.ts'
import { stages } from './stage.ts'

/** What models reckon of customers, each with a page of its own. */
export const models = {
  rfm: {
    name: { 'zh-CN': 'RFM 分层', en: 'RFM segments' },
    about: {
      'zh-CN':
        '按最近一次购买（R）、购买次数（F）、累计消费（M）把买过东西的客户各分成五等份，5 为最好；数值相同的客户总在同一档，所以每档不一定正好五分之一。4 和 5 算“高”，三项高低组合成八个客户层。',
      en: 'Customers who have bought are divided into fifths by how recently (R), how often (F) and for how much (M) they bought, 5 being best. Customers with equal values always share a part, so that a part need not be exactly a fifth. 4 and 5 count as high, and which of the three are high makes the eight segments.',
    },
  },
  stage: {
    name: { 'zh-CN': '生命周期阶段', en: 'Lifecycle stage' },
    about: {
      'zh-CN':
        '以品牌的平常间隔（四分之三的复购都在这个间隔内发生）为尺：还没买过的是潜在客户；距上次购买在一个间隔内是活跃（只买过一次的是新客），两个间隔内是转冷，四个间隔内是沉睡，更久是流失。',
      en: 'Measured by the brand’s usual gap, within which three of four repeat purchases follow: whoever has not bought yet is a prospect; whoever bought within one gap is active (new, if only once), within two cooling, within four asleep, and lost beyond.',
    },
  },
  'bg-nbd': {
    name: { 'zh-CN': '复购预测（BG/NBD）', en: 'Repeat purchases (BG/NBD)' },
    about: {
      'zh-CN':
        '每位客户按自己的频率购买，每次买完都有一定可能不再回来。由购买次数、最近一次和第一次购买的时间，推算接下来 90 天还会买几次，以及是否已经离开。同一天的多张订单算一次购买；只买过一次的客户，这个模型认为还没有离开。',
      en: 'Each customer buys at a rate of their own, and after each purchase may leave for good. From how often, how recently and since when somebody bought follow the purchases of the next 90 days and the chance that they have left. Orders of one day are one purchase; whoever bought once alone has, by this model, not left yet.',
    },
  },
  'gamma-gamma': {
    name: { 'zh-CN': '消费金额与客户价值', en: 'Worth and lifetime value' },
    about: {
      'zh-CN':
        '客户每次消费围绕自己的平均水平波动：买得越多，越相信他自己的平均；买得少，就靠近全体的平均（Gamma-Gamma 模型）。再乘以复购预测，得到未来一年的客户价值，按年 10% 折现。',
      en: 'What somebody spends varies around an average of their own: the more purchases, the more their own average is believed, the fewer, the nearer it lies to everybody’s (gamma-gamma). Times the purchases that are expected it gives the value of the coming year, discounted at 10%.',
    },
  },
  propensity: {
    name: { 'zh-CN': '购买倾向', en: 'Purchase propensity' },
    about: {
      'zh-CN':
        '接下来 30 天会购买的可能，排成 1 到 100：100 是最可能买的百分之一。依据购买，也依据近 30 天的浏览、加购、打开和点击。用前几个月训练（逻辑回归），用最近一个月没见过的订单检验；每位客户都能看到最主要的三个原因，以及哪些内容推动了它。',
      en: 'How likely a purchase in the next 30 days is, as a rank from 1 to 100: 100 is the most likely hundredth. It goes by purchases, and by what was looked at, put into the cart, opened and clicked in the last 30 days. A logistic regression is fitted to earlier months and tried on the last one, which it has not seen; each customer shows the three strongest reasons, and the content that moved it.',
    },
  },
  habits: {
    name: { 'zh-CN': '购买习惯', en: 'Habits' },
    about: {
      'zh-CN':
        '最常买的品类、最常下单的渠道、最常回应消息的渠道，购买、浏览、打开和点击最多的钟点（至少要知道三次的钟点），以及价格敏感度：用券或打折的订单占多少。订单少的客户会向品牌的平均靠拢。',
      en: 'The category bought most, the channel of most orders, the channel on which messages are answered most, the hour at which most is bought, looked at, opened and clicked (of at least three such deeds), and price sensitivity: the share of orders bought with a coupon or a discount, drawn towards the brand’s own where there are few.',
    },
  },
  groups: {
    name: { 'zh-CN': '客户群组', en: 'Groups' },
    about: {
      'zh-CN':
        '把买过东西的客户按七个特征（多久没买、多常买、每次花多少、用不用优惠、夜里还是白天、周末还是平日、来不来逛）自动分成几群，群数由数据决定（k-means，取轮廓系数最好的群数）。您给每一群起个名字，重新拟合后名字还在；某一群变样了会提示。',
      en: 'Customers who have bought fall into groups by seven traits: how long ago, how often and for how much they buy, whether for less, by night or day, at weekends or on working days, and whether they look around. The data decides how many groups there are (k-means, with the count of the best silhouette). You name each; names stay when it is fitted anew, and a group that has changed is told.',
    },
  },
} as const satisfies Record<string, { readonly name: LocalText; readonly about: LocalText }>
export type ModelName = keyof typeof models

const isModel = (name: string): name is ModelName => Object.hasOwn(models, name)
export const modelNames = Object.keys(models).filter(isModel)

/** What a score is: one of five, one of some words, any word, or a number of a kind. */
export type ScoreKind = 'fifth' | 'word' | 'text' | 'number' | 'share' | 'rank' | 'hour' | 'money'

interface ScoreEntry {
  readonly model: ModelName
  readonly kind: ScoreKind
  readonly name: LocalText
  /** The words that it may be, or that are known, each with what it is called. */
  readonly words?: Readonly<Record<string, LocalText>>
}

/** All scores, by the name under which conditions and texts ask for them, as for an attribute of the customer. */
export const scores = {
  score_rfm_segment: {
    model: 'rfm',
    kind: 'word',
    name: { 'zh-CN': 'RFM 客户层', en: 'RFM segment' },
    words: segments,
  },
  score_rfm_recency: {
    model: 'rfm',
    kind: 'fifth',
    name: { 'zh-CN': 'RFM 最近购买（R）', en: 'RFM recency' },
  },
  score_rfm_frequency: {
    model: 'rfm',
    kind: 'fifth',
    name: { 'zh-CN': 'RFM 购买次数（F）', en: 'RFM frequency' },
  },
  score_rfm_value: { model: 'rfm', kind: 'fifth', name: { 'zh-CN': 'RFM 累计消费（M）', en: 'RFM value' } },
  score_stage: {
    model: 'stage',
    kind: 'word',
    name: { 'zh-CN': '生命周期阶段', en: 'lifecycle stage' },
    words: stages,
  },
  score_purchases: {
    model: 'bg-nbd',
    kind: 'number',
    name: { 'zh-CN': '90 天预计购买次数', en: 'expected purchases in 90 days' },
  },
  score_churn: { model: 'bg-nbd', kind: 'share', name: { 'zh-CN': '流失概率', en: 'churn probability' } },
  score_order_value: {
    model: 'gamma-gamma',
    kind: 'money',
    name: { 'zh-CN': '预计每次消费', en: 'expected worth of a purchase' },
  },
  score_lifetime_value: {
    model: 'gamma-gamma',
    kind: 'money',
    name: { 'zh-CN': '一年客户价值', en: 'value of the coming year' },
  },
  score_propensity: {
    model: 'propensity',
    kind: 'rank',
    name: { 'zh-CN': '购买倾向', en: 'purchase propensity' },
  },
  score_category: { model: 'habits', kind: 'text', name: { 'zh-CN': '偏好品类', en: 'preferred category' } },
  score_channel: { model: 'habits', kind: 'text', name: { 'zh-CN': '偏好渠道', en: 'preferred channel' } },
  score_response_channel: {
    model: 'habits',
    // What events call a channel may be none of ours.
    kind: 'text',
    name: { 'zh-CN': '最常回应的渠道', en: 'most responsive channel' },
    words: Object.fromEntries(channels.map(({ id, name }) => [id, name])),
  },
  score_hour: { model: 'habits', kind: 'hour', name: { 'zh-CN': '偏好钟点', en: 'preferred hour' } },
  score_price_sensitivity: {
    model: 'habits',
    kind: 'share',
    name: { 'zh-CN': '价格敏感度', en: 'price sensitivity' },
  },
  score_group: { model: 'groups', kind: 'text', name: { 'zh-CN': '客户群组', en: 'group' } },
} as const satisfies Record<string, ScoreEntry>
export type ScoreName = keyof typeof scores

export const isScore = (name: string): name is ScoreName => Object.hasOwn(scores, name)
export const scoreNames = Object.keys(scores).filter(isScore)

/** What is kept of a customer: numbers as they are reckoned, of money in main units as an attribute has it. */
export type Scores = Readonly<Partial<Record<ScoreName, string | number>>>

export const entryOf = (name: ScoreName): ScoreEntry => scores[name]

/** What a word of a score is called; null where it is a word of the brand's own. */
export function wordOf(name: string, value: unknown): LocalText | null {
  const words = isScore(name) ? entryOf(name).words : undefined
  return words !== undefined && typeof value === 'string' && Object.hasOwn(words, value)
    ? (words[value] ?? null)
    : null
}
