import { fill } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'

/** Why a row does not enter. `{name}` is replaced by the rejection's details. */
export const reasons = {
  'wrong-columns': {
    'zh-CN': '这一行有 {found} 列，表头有 {expected} 列',
    en: 'The row has {found} columns, the header {expected}',
  },
  'broken-quotes': {
    'zh-CN': '引号不成对，或引号后面还有文字',
    en: 'A quotation mark is not closed, or text follows a closing one',
  },
  'missing-value': { 'zh-CN': '“{column}”是空的', en: '“{column}” is empty' },
  'invalid-id': {
    'zh-CN': '“{column}”超过 200 个字，或含有控制字符',
    en: '“{column}” is longer than 200 characters or holds control characters',
  },
  'invalid-date': {
    'zh-CN': '“{column}”的“{value}”不是日期或时间，请写成 2026-08-19 10:00 的样子',
    en: '“{value}” in “{column}” is no date or time; write it like 2026-08-19 10:00',
  },
  'invalid-amount': {
    'zh-CN': '“{column}”的“{value}”不是金额，请写成 129.70 的样子',
    en: '“{value}” in “{column}” is no amount; write it like 129.70',
  },
  'negative-amount': {
    'zh-CN': '“{column}”的“{value}”是负数，退款不能当作订单导入',
    en: '“{value}” in “{column}” is negative; a refund cannot be imported as an order',
  },
  'invalid-phone': {
    'zh-CN': '“{column}”的“{value}”不是电话号码',
    en: '“{value}” in “{column}” is no phone number',
  },
  'invalid-email': {
    'zh-CN': '“{column}”的“{value}”不是邮箱地址',
    en: '“{value}” in “{column}” is no e-mail address',
  },
  'invalid-gender': {
    'zh-CN': '“{column}”的“{value}”无法识别，请写男或女',
    en: '“{value}” in “{column}” is not understood; write male or female',
  },
  'invalid-consent': {
    'zh-CN': '“{column}”的“{value}”无法识别，请写是或否',
    en: '“{value}” in “{column}” is not understood; write yes or no',
  },
  'unknown-zone': {
    'zh-CN': '“{column}”的“{value}”不是时区，请写成 Asia/Shanghai 的样子',
    en: '“{value}” in “{column}” is no time zone; write one like Asia/Shanghai',
  },
  'unknown-customer': {
    'zh-CN': '没有编号为“{customer}”的客户，请先导入客户',
    en: 'There is no customer “{customer}”; import the customers first',
  },
  'duplicate-customer': {
    'zh-CN': '客户“{id}”在文件里出现过，而内容不同；以第一次为准',
    en: 'Customer “{id}” stands in the file before, with other values; the first row counts',
  },
  'duplicate-order': {
    'zh-CN': '订单“{id}”在文件里出现过，而内容不同；以第一次为准',
    en: 'Order “{id}” stands in the file before, with other values; the first row counts',
  },
  'order-known': {
    'zh-CN': '订单“{id}”已通过接口记录，而内容不同；以接口为准',
    en: 'Order “{id}” has come in by the API with other values, which count',
  },
} as const satisfies Record<string, LocalText>

export type ReasonCode = keyof typeof reasons

/** A row that does not enter, as the report lists it. */
export interface Rejection {
  readonly line: number
  readonly code: string
  readonly reason: LocalText
}

/** Why a cell or a row is refused, as data. */
export class Refusal {
  readonly code: ReasonCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: ReasonCode, details: Readonly<Record<string, string | number>> = {}) {
    this.code = code
    this.details = details
  }

  at(line: number): Rejection {
    const { 'zh-CN': zh, en } = reasons[this.code]
    return {
      line,
      code: this.code,
      reason: { 'zh-CN': fill(zh, this.details), en: fill(en, this.details) },
    }
  }
}
