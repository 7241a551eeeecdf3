import { fill } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'

/** Why a row or a cell does not enter. `{name}` is replaced by the rejection's details. */
export const reasons = {
  'wrong-columns': {
    'zh-CN': '这一行有 {found} 列，表头有 {expected} 列',
    en: 'The row has {found} {found:column|columns}, the header {expected}',
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
  'digits-lost': {
    'zh-CN': '“{column}”的“{value}”是表格软件的科学计数，末尾的数字已丢失；请把这一列按文本格式重新导出',
    en: '“{value}” in “{column}” is in a spreadsheet’s scientific notation: its last digits are lost; export the column as text',
  },
  'digits-rounded': {
    'zh-CN': '“{column}”里的长编号第 15 位以后全是 0，是表格软件抹掉的；请把这一列按文本格式重新导出',
    en: 'The long ids of “{column}” all end in zeros after the 15th digit, as a spreadsheet leaves them; export the column as text',
  },
  'no-key': {
    'zh-CN': '没有客户编号，也没有可用的手机号或邮箱，不知道是谁',
    en: 'Neither a customer id nor a phone number or e-mail address that can be used says who this is',
  },
  'shared-address': {
    'zh-CN': '“{address}”是 {count} 位客户共有的（{customers}），不知道是哪一位；请补上客户编号',
    en: '“{address}” belongs to {count} customers ({customers}), and nothing says to which; add the customer id',
  },
  'invalid-date': {
    'zh-CN': '“{column}”的“{value}”不是日期或时间，请写成 2026-08-19 10:00 的样子',
    en: '“{value}” in “{column}” is no date or time; write it like 2026-08-19 10:00',
  },
  'ambiguous-date': {
    'zh-CN': '“{column}”的“{value}”分不清哪个是月、哪个是日，请选定这一列的写法',
    en: '“{value}” in “{column}” may be two days; say whether the day or the month comes first',
  },
  'no-year': {
    'zh-CN': '“{column}”的“{value}”没有年份',
    en: '“{value}” in “{column}” has no year',
  },
  'not-a-number': {
    'zh-CN': '“{column}”的“{value}”不是数字',
    en: '“{value}” in “{column}” is no number',
  },
  'too-many-digits': {
    'zh-CN': '“{column}”的“{value}”太长，当数字会丢掉末尾；请把这一列当文本',
    en: '“{value}” in “{column}” has more digits than a number holds; take the column as text',
  },
  'not-yes-or-no': {
    'zh-CN': '“{column}”的“{value}”不是“是”或“否”',
    en: '“{value}” in “{column}” is neither yes nor no',
  },
  'other-currency': {
    'zh-CN': '“{column}”的“{value}”不是品牌的货币 {currency}，不能相加',
    en: '“{value}” in “{column}” is not in {currency}, the brand’s currency, and cannot be added to it',
  },
  'invalid-amount': {
    'zh-CN': '“{column}”的“{value}”不是金额，请写成 129.70 的样子',
    en: '“{value}” in “{column}” is no amount; write it like 129.70',
  },
  'amount-too-large': {
    'zh-CN': '“{column}”的“{value}”大得不像金额；这一列可能是订单号，请换成金额所在的列',
    en: '“{value}” in “{column}” is too large for an amount; the column may hold order numbers, choose the one with the amounts',
  },
  'invalid-stock': {
    'zh-CN': '“{column}”的“{value}”不是库存数量，请写整数',
    en: '“{value}” in “{column}” is no number of pieces; write a whole one',
  },
  'invalid-link': {
    'zh-CN': '“{column}”的“{value}”不是网址，请以 http:// 或 https:// 开头',
    en: '“{value}” in “{column}” is no web address; begin it with http:// or https://',
  },
  'long-text': {
    'zh-CN': '“{column}”里的文字太长，最多 1,000 字',
    en: 'The text in “{column}” is too long: 1,000 characters at the most',
  },
  'negative-price': {
    'zh-CN': '“{column}”的“{value}”是负数，不能当作价格',
    en: '“{value}” in “{column}” is below zero, and no price',
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
    'zh-CN': '“{column}”的“{value}”无法识别，先当作不同意；请写是或否',
    en: '“{value}” in “{column}” is not understood and taken as no until it says yes or no',
  },
  'invalid-opt-out': {
    'zh-CN': '“{column}”的“{value}”无法识别，先当作已退订；请写是或否',
    en: '“{value}” in “{column}” is not understood and taken as opted out until it says yes or no',
  },
  'unknown-zone': {
    'zh-CN': '“{column}”的“{value}”不是时区，请写成 Asia/Shanghai 的样子',
    en: '“{value}” in “{column}” is no time zone; write one like Asia/Shanghai',
  },
  'unknown-customer': {
    'zh-CN': '没有编号为“{customer}”的客户，请先导入客户',
    en: 'There is no customer “{customer}”; import the customers first',
  },
  'unknown-state': {
    'zh-CN': '“{column}”的“{value}”是没见过的订单状态，先当作已成交；请核对',
    en: '“{value}” in “{column}” is a state of orders that is not known, and taken as a purchase; check it',
  },
  'partial-refund': {
    'zh-CN': '部分退款，但没有写退了多少，先按全额计',
    en: 'Partly refunded, but nothing says by how much; counted in full',
  },
  'long-tag': {
    'zh-CN': '“{column}”里有超过 100 个字的标签“{value}”',
    en: '“{column}” holds a tag of more than 100 characters, “{value}”',
  },
  'order-closed': {
    'zh-CN': '订单已关闭或取消（{state}），不算购买',
    en: 'The order was closed or cancelled ({state}): no purchase',
  },
  'order-unpaid': {
    'zh-CN': '订单没有付款（{state}），不算购买',
    en: 'The order was not paid ({state}): no purchase',
  },
  'order-refunded': {
    'zh-CN': '订单已全额退款（{state}），不算购买',
    en: 'The order was refunded in full ({state}): no purchase',
  },
  'total-row': {
    'zh-CN': '这一行是合计（{value}），不是数据',
    en: 'The row is a total ({value}), no data',
  },
  'repeated-header': { 'zh-CN': '这一行又是表头', en: 'The row is the header once more' },
  remark: { 'zh-CN': '这一行是说明（{value}），不是数据', en: 'The row is a remark ({value}), no data' },
  'duplicate-customer': {
    'zh-CN': '客户“{id}”在文件里出现过，而内容不同；以第一次为准，只有拒绝营销都算数',
    en: 'Customer “{id}” stands in the file before, with other values; the first row counts, but a refusal of marketing in either',
  },
  'duplicate-order': {
    'zh-CN': '订单“{id}”在文件里出现过，而内容不同；以第一次为准',
    en: 'Order “{id}” stands in the file before, with other values; the first row counts',
  },
  'order-claimed': {
    'zh-CN': '订单“{id}”已经属于另一位客户；一个订单号只属于一位客户',
    en: 'Order “{id}” is another customer’s already; an order number belongs to one customer',
  },
  'entrant-twice': {
    'zh-CN': '客户“{customer}”在名单里出现过，以第一次为准',
    en: 'Customer “{customer}” stands in the list before; the first row counts',
  },
  'told-field': {
    'zh-CN': '“{column}”由鹊桥自己记录，不能这样写入',
    en: '“{column}” is kept by Magpie itself and cannot be set so',
  },
  'reserved-name': {
    'zh-CN': '“{column}”是系统字段的名字，不能当作属性',
    en: '“{column}” is the name of a field of the product and can be no attribute',
  },
  'long-name': {
    'zh-CN': '属性的名字“{column}”超过 100 个字，或是空的',
    en: 'The attribute’s name “{column}” is longer than 100 characters, or empty',
  },
  'named-twice': {
    'zh-CN': '“{column}”和另一个字段是同一项，只读了前一个',
    en: '“{column}” names a field that stands there by another name too, which was read',
  },
  'no-value': {
    'zh-CN': '“{column}”里是一组内容，这里只能写文字、数字、是或否',
    en: '“{column}” holds a list or an object; a text, a number, true or false is needed',
  },
  'invalid-tags': {
    'zh-CN': '“{column}”应为标签的列表，或写成 add 和 remove 两个列表',
    en: '“{column}” should be a list of tags, or hold the lists add and remove',
  },
  'time-outside': {
    'zh-CN': '“{column}”的时间“{value}”不在 {first} 年到 {last} 年之间',
    en: 'The time “{value}” of “{column}” lies outside the years {first} to {last}',
  },
  'amounts-differ': {
    'zh-CN': '“{column}”是 {value}，而不含税 {net} 加税额 {tax} 不等于它；以“{column}”为准',
    en: '“{column}” says {value}, which is not {net} without tax and {tax} of tax; “{column}” counts',
  },
  'no-such-line': {
    'zh-CN': '订单明细里没有货号“{value}”（{column}），这一行退款没有收下；请写这笔订单明细里的 sku',
    en: 'The order has no line of “{value}” ({column}), so that this line of the refund was left out; name the sku of one of its lines',
  },
  'too-many-back': {
    'zh-CN':
      '货号“{value}”买了 {bought} 件，还能退 {left} 件（{column}），这一行退款没有收下；请写不超过它的件数',
    en: 'Of “{value}” {bought} were bought and {left} can still be given back ({column}), so that this line of the refund was left out; say no more than that',
  },
  'lines-over-refund': {
    'zh-CN': '“{column}”是 {value}，而各行退款加起来是 {sum}，比它多；以“{column}”为准',
    en: '“{column}” says {value}, and the lines of the refund come to {sum}, which is more; “{column}” counts',
  },
  'no-refund-amount': {
    'zh-CN':
      '“{column}”没有写，也不是每一行都写了金额，这笔退款没有收下；请写一共退了多少，或给每一行写上金额',
    en: '“{column}” is missing and not each line says its amount, so that the refund was not taken; say what was given back in all, or for each line',
  },
  'time-to-come': {
    'zh-CN': '“{column}”的时间“{value}”还没有到',
    en: 'The time “{value}” of “{column}” is still to come',
  },
  'order-known': {
    'zh-CN': '订单“{id}”已通过接口记录，而内容不同；以接口为准',
    en: 'Order “{id}” has come in by the API with other values, which count',
  },
} as const satisfies Record<string, LocalText>

export type ReasonCode = keyof typeof reasons

/** Rows that are no data, or no purchase: passed over, and told so. */
export const passedCodes = [
  'order-closed',
  'order-unpaid',
  'order-refunded',
  'total-row',
  'repeated-header',
  'remark',
] as const satisfies readonly ReasonCode[]
export type PassedCode = (typeof passedCodes)[number]

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

  get reason(): LocalText {
    const { 'zh-CN': zh, en } = reasons[this.code]
    return { 'zh-CN': fill(zh, this.details), en: fill(en, this.details) }
  }

  at(line: number): Rejection {
    return { line, code: this.code, reason: this.reason }
  }
}

/** Why a row is passed over on purpose. */
export class Passed extends Refusal {
  constructor(code: PassedCode, details: Refusal['details'] = {}) {
    super(code, details)
  }
}
