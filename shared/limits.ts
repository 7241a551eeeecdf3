import { conditionLimits } from './condition-limits.ts'
import { contentLimits } from './content-limits.ts'
import { couponLimits } from './coupon-limits.ts'
import { deliveryLimits } from './delivery-limits.ts'
import { erasureLimits } from './erasure-limits.ts'
import { exchangeLimits } from './exchange-limits.ts'
import { growthLimits } from './growth-limits.ts'
import { loginLimits } from './login-limits.ts'
import { mailLimits } from './mail-limits.ts'
import { modelLimits } from './model-limits.ts'
import { personLimits } from './person-limits.ts'
import { pickLimits } from './pick-limits.ts'
import { referralLimits } from './referral-limits.ts'
import { requestLimits } from './request-limits.ts'
import { staffLimits } from './staff-limits.ts'
import { trackingLimits } from './tracking-limits.ts'
import { waitLimits } from './wait-limits.ts'
import { workLimits } from './work-limits.ts'

/** Words of both languages; of its own, as the schemas of texts read their limits here. */
interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** What a limit counts. */
export const limitUnits = {
  bytes: { 'zh-CN': '字节', en: 'bytes' },
  characters: { 'zh-CN': '个字符', en: 'characters' },
  levels: { 'zh-CN': '层', en: 'levels' },
  entries: { 'zh-CN': '项', en: 'entries' },
  lines: { 'zh-CN': '行', en: 'lines' },
  steps: { 'zh-CN': '步', en: 'steps' },
  days: { 'zh-CN': '天', en: 'days' },
  hours: { 'zh-CN': '小时', en: 'hours' },
  minutes: { 'zh-CN': '分钟', en: 'minutes' },
  seconds: { 'zh-CN': '秒', en: 'seconds' },
  milliseconds: { 'zh-CN': '毫秒', en: 'milliseconds' },
  minorUnits: { 'zh-CN': '最小货币单位（如分）', en: 'minor units, such as cents' },
  year: { 'zh-CN': '年', en: 'AD' },
  percent: { 'zh-CN': '%', en: '%' },
  perMinute: { 'zh-CN': '次/分钟', en: 'a minute' },
} as const satisfies Record<string, Words>
export type LimitUnit = keyof typeof limitUnits

export interface Limit {
  readonly value: number
  readonly unit: LimitUnit
  /** What may be no more than this, or as the words say. */
  readonly what: Words
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** All limits of what is taken in, in one place: the schemas, the errors and the API's description read them here. */
export const limits = {
  // Requests
  ...requestLimits,
  ...loginLimits,
  ...couponLimits,
  ...referralLimits,
  trials: {
    value: 30,
    unit: 'perMinute',
    what: {
      'zh-CN': '同一地址测试渠道或模型',
      en: 'Tests of a channel or of the model from one address',
    },
  },
  testSends: {
    value: 60,
    unit: 'perMinute',
    what: { 'zh-CN': '同一地址的试发', en: 'Test sends and test calls from one address' },
  },

  // Values
  idLength: {
    value: 200,
    unit: 'characters',
    what: {
      'zh-CN': '客户、订单、事件的编号',
      en: 'The id of a customer, an order or an event',
    },
  },
  nameLength: {
    value: 100,
    unit: 'characters',
    what: {
      'zh-CN': '属性、标签、事件、列的名称',
      en: 'The name of an attribute, a tag, an event or a column',
    },
  },
  titleLength: {
    value: 120,
    unit: 'characters',
    what: {
      'zh-CN': '旅程、节点、分支、优惠券、人群、品牌的名称',
      en: 'The name of a journey, a node, a branch, a coupon, an audience or a brand',
    },
  },
  valueLength: {
    value: 1000,
    unit: 'characters',
    what: { 'zh-CN': '条件里用来比较的一个值', en: 'A value that a condition compares with' },
  },
  noteLength: {
    value: 2000,
    unit: 'characters',
    what: { 'zh-CN': '节点上的备注', en: 'The note at a node' },
  },
  textLength: {
    value: 20_000,
    unit: 'characters',
    what: { 'zh-CN': '一种语言的一段文字', en: 'A text in one language' },
  },
  addressLength: {
    value: 320,
    unit: 'characters',
    what: { 'zh-CN': '手机号或邮箱地址', en: 'A phone number or a mailbox' },
  },
  urlLength: {
    value: 2000,
    unit: 'characters',
    what: { 'zh-CN': '网址', en: 'A web address' },
  },
  secretLength: {
    value: 500,
    unit: 'characters',
    what: { 'zh-CN': '密钥或密码', en: 'A key or a password of a setting' },
  },
  money: {
    value: 10_000_000_000_000,
    unit: 'minorUnits',
    what: {
      'zh-CN': '一个金额，正负都算',
      en: 'An amount of money, above or below zero',
    },
  },
  firstYear: {
    value: 1900,
    unit: 'year',
    what: { 'zh-CN': '一个时间最早所在的年份', en: 'The year in which a time may lie, at the earliest' },
  },
  lastYear: {
    value: 2200,
    unit: 'year',
    what: { 'zh-CN': '一个时间必须早于的年份', en: 'The year before which a time must lie' },
  },
  reportAhead: {
    value: 1,
    unit: 'days',
    what: {
      'zh-CN': '回执和回复的时间最多比现在晚',
      en: 'How far ahead of now a receipt or a reply may say that it happened',
    },
  },
  reportFirstYear: {
    value: 2000,
    unit: 'year',
    what: {
      'zh-CN': '回执和回复的时间最早所在的年份（更早的是把秒当成了毫秒）',
      en: 'The year in which a receipt or a reply may lie, at the earliest: before it are seconds taken for milliseconds',
    },
  },
  propertyDepth: {
    value: 5,
    unit: 'levels',
    what: { 'zh-CN': '事件属性的嵌套', en: 'The nesting of an event’s properties' },
  },
  propertyEntries: {
    value: 200,
    unit: 'entries',
    what: {
      'zh-CN': '事件属性里的一个列表或一组键值',
      en: 'A list or an object among an event’s properties',
    },
  },
  propertySize: {
    value: 64 * kilobyte,
    unit: 'bytes',
    what: { 'zh-CN': '一个事件的全部属性', en: 'All properties of an event' },
  },

  // Journeys and conditions
  journeyDepth: {
    value: 100,
    unit: 'levels',
    what: { 'zh-CN': '旅程文件的嵌套', en: 'The nesting of a journey file' },
  },
  journeyFileLength: {
    value: 2_000_000,
    unit: 'characters',
    what: { 'zh-CN': '旅程文件', en: 'A journey file' },
  },
  conditionTests: {
    value: 200,
    unit: 'entries',
    what: { 'zh-CN': '一个条件里的判断', en: 'The tests of one condition' },
  },
  conditionParts: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '条件里一组的成员', en: 'The members of one group of a condition' },
  },
  eventTests: {
    value: 20,
    unit: 'entries',
    what: {
      'zh-CN': '条件里对一个事件的要求',
      en: 'What a condition asks of the properties of an event',
    },
  },
  conditionValues: {
    value: 1000,
    unit: 'entries',
    what: {
      'zh-CN': '条件里一个判断列出的值',
      en: 'The values that one test of a condition lists',
    },
  },
  longestLook: {
    value: 36_600,
    unit: 'days',
    what: { 'zh-CN': '条件往前或往后看的时间', en: 'How far a condition looks back or ahead' },
  },
  longestWait: {
    value: 3660,
    unit: 'days',
    what: { 'zh-CN': '一次等待或一个时间窗口', en: 'A wait, or a window of time' },
  },

  // Messages
  templateLength: {
    value: 200_000,
    unit: 'characters',
    what: {
      'zh-CN': '一个消息模板，或模板写出的一段 JSON',
      en: 'A message’s template, or the JSON that one writes',
    },
  },
  renderedSize: {
    value: 1_000_000,
    unit: 'entries',
    what: {
      'zh-CN': '一个模板写出的字符与列表项',
      en: 'The characters and list entries that one template may make',
    },
  },

  // Answers of those who are asked
  modelAnswerSize: {
    value: 4 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '模型的一次回答（解压之后）',
      en: 'An answer of the model, as it is after unpacking',
    },
  },
  modelAnswerTime: {
    value: 600,
    unit: 'seconds',
    what: { 'zh-CN': '等模型一次回答的时间', en: 'How long one answer of the model is waited for' },
  },
  relayAnswerSize: {
    value: 64 * kilobyte,
    unit: 'bytes',
    what: { 'zh-CN': 'SMTP 服务器的一次应答', en: 'A reply of an SMTP relay' },
  },

  // Batches and pages
  eventsAtOnce: {
    value: 10_000,
    unit: 'entries',
    what: { 'zh-CN': '一批事件', en: 'The events of one batch' },
  },
  receiptsAtOnce: {
    value: 1000,
    unit: 'entries',
    what: { 'zh-CN': '渠道一次发来的回执', en: 'The receipts of one report' },
  },
  customersAtOnce: {
    value: 100_000,
    unit: 'entries',
    what: {
      'zh-CN': '一次入组或彩排的客户名单',
      en: 'The customers that are named to enter, or to be rehearsed',
    },
  },
  addressesAtOnce: {
    value: 1000,
    unit: 'entries',
    what: {
      'zh-CN': '一次加进黑名单的地址',
      en: 'The addresses that are put on the blacklist at once',
    },
  },
  blacklistLength: {
    value: 4_000_000,
    unit: 'characters',
    what: { 'zh-CN': '一份黑名单文件', en: 'A file of the blacklist' },
  },
  pageSize: {
    value: 200,
    unit: 'entries',
    what: { 'zh-CN': '一页的条数', en: 'The entries of a page' },
  },
  suggestedValues: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一次给出的可选值', en: 'The values that are suggested at once' },
  },
  longPageSize: {
    value: 500,
    unit: 'entries',
    what: {
      'zh-CN': '一页的地址或彩排里的客户',
      en: 'The addresses, or the customers of a rehearsal, of a page',
    },
  },

  // Imports
  importRecordLines: {
    value: 100,
    unit: 'lines',
    what: { 'zh-CN': 'CSV 里一条记录跨过的行', en: 'The lines that one record of a CSV may go over' },
  },
  importHeaderLine: {
    value: 1000,
    unit: 'lines',
    what: { 'zh-CN': 'CSV 表头所在的行', en: 'The line on which the header of a CSV may stand' },
  },

  ...conditionLimits,
  ...contentLimits,
  ...erasureLimits,
  ...exchangeLimits,
  ...growthLimits,
  ...mailLimits,
  ...modelLimits,
  ...personLimits,
  ...pickLimits,
  ...trackingLimits,
  ...waitLimits,
  ...staffLimits,
  ...deliveryLimits,
  ...workLimits,
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

const isLimit = (name: string): name is LimitName => Object.hasOwn(limits, name)
export const limitNames: readonly LimitName[] = Object.keys(limits).filter(isLimit)

/** A limit as people say it: 16 MB, 1,000 entries. */
export function sayLimit(name: LimitName): Words {
  const { value, unit }: Limit = limits[name]
  if (unit === 'bytes') {
    const size = value >= megabyte ? `${grouped(value / megabyte)} MB` : `${grouped(value / kilobyte)} KB`
    return { 'zh-CN': size, en: size }
  }
  const words = limitUnits[unit]
  if (unit === 'year') return { 'zh-CN': `${value} 年`, en: String(value) }
  return { 'zh-CN': `${grouped(value)} ${words['zh-CN']}`, en: `${grouped(value)} ${words.en}` }
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
