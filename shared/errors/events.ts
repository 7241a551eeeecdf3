import type { ErrorEntry } from './entry.ts'

/** What customers did, as it comes in: each event that is not taken says why. */
export const events = {
  'order-claimed': {
    status: 409,
    message: {
      'zh-CN': '订单号 {order} 已经属于另一位客户',
      en: 'The order {order} is another customer’s already',
    },
    mend: {
      'zh-CN': '一个订单号只属于一位客户：检查订单号或客户编号',
      en: 'An order number belongs to one customer: check the number, or the customer',
    },
  },
  'refund-below': {
    status: 422,
    message: {
      'zh-CN': '订单 {order} 已经有单独的退款记录，合计 {known}，总退款不能比它少',
      en: 'Refunds of the order {order} are recorded already and come to {known}; the total cannot be less',
    },
    mend: {
      'zh-CN': '先删掉多余的退款记录，再改总额',
      en: 'Delete the refund that is wrong first, then change the total',
    },
  },
  'negative-order': {
    status: 422,
    message: {
      'zh-CN': '订单 {id} 的金额是负数（{amount}）',
      en: 'The amount of the order {id} is negative ({amount})',
    },
    mend: {
      'zh-CN': '退款请用事件 refund：properties 里写 order_id，amount 写退回的金额（正数）',
      en: 'Send a refund as the event refund, with the order_id among its properties and the amount given back, above zero',
    },
  },
  'negative-refund': {
    status: 422,
    message: {
      'zh-CN': '退款 {id} 的金额是负数（{amount}）',
      en: 'The amount of the refund {id} is negative ({amount})',
    },
    mend: { 'zh-CN': '退回的金额写正数', en: 'Give the amount given back as a number above zero' },
  },
  'report-time': {
    status: 422,
    message: {
      'zh-CN': '回执 {id} 的时间 {at} {why}',
      en: 'The report {id} says that it happened at {at}, which is {why}',
    },
    mend: {
      'zh-CN': '时间写成毫秒时间戳或带时区的 ISO 时间，并核对服务商的时钟；不写时间则按收到时算',
      en: 'Give the time in milliseconds, or in ISO form with its zone, and check the provider’s clock; left out, it is when the report came in',
    },
  },
  'number-too-long': {
    status: 422,
    message: {
      'zh-CN': '事件 {id} 的 {property} 是一个太长的数字，末尾的数字在到达之前已经丢失，和什么都不相等',
      en: 'In the event {id}, {property} is a number too long to be held: its last digits were lost on the way, and it equals nothing',
    },
    mend: {
      'zh-CN': '编号请写成文字，也就是放在引号里',
      en: 'Send ids as texts, in quotation marks',
    },
  },
  'refund-of-nothing': {
    status: 422,
    message: {
      'zh-CN': '退款 {id} 没有写订单号或金额，只记为一次行为，不冲减任何订单',
      en: 'The refund {id} names no order or no amount: it is kept as an event and takes nothing back',
    },
    mend: {
      'zh-CN': '在 properties 里写 order_id，在 amount 里写退回的金额（分）',
      en: 'Name the order in the property order_id, and the amount given back in minor units',
    },
  },
  'coupon-not-theirs': {
    status: 409,
    message: {
      'zh-CN': '券码 {code} 不是发给客户 {customer} 的，不算核销',
      en: 'The coupon {code} was not given to customer {customer}, so it does not count as redeemed',
    },
    mend: {
      'zh-CN': '事件已记为 coupon_refused；检查客户编号或券码',
      en: 'The event is kept as coupon_refused; check the customer, or the code',
    },
  },
  'properties-too-large': {
    status: 422,
    message: {
      'zh-CN': '事件 {id} 的属性太大：{detail}',
      en: 'The properties of the event {id} are too large: {detail}',
    },
    mend: {
      'zh-CN': '最多 5 层、每个列表 200 项、共 64 KB；少传一些',
      en: '5 levels, 200 entries in a list and 64 KB in all at most; send less',
    },
  },
  'invalid-event': {
    status: 400,
    message: { 'zh-CN': '事件写法不对：{detail}', en: 'The event is not well formed: {detail}' },
    mend: { 'zh-CN': '按接口说明改好再发这一条', en: 'Send this one again as the API describes it' },
  },
} as const satisfies Record<string, ErrorEntry>
