import { expect, test } from 'vitest'
import { type OrderState, refundStateOf, stateOf } from './states.ts'

const said: Readonly<Record<OrderState, readonly string[]>> = {
  purchase: [
    '交易成功',
    '交易完成',
    '已完成',
    '卖家已发货，等待买家确认',
    '买家已付款，等待卖家发货',
    '待发货',
    '已签收',
    '待收货',
    '待评价',
    '退款关闭',
    '没有申请退款',
    '退款中',
    'paid',
    'Completed',
    'wc-processing',
    'fulfilled',
    'Shipped',
    '支付成功',
    '已核销',
    '拼单成功，待发货',
    '部分发货',
  ],
  'partly-refunded': ['partially_refunded', 'Partially refunded', '部分退款'],
  refunded: [
    '退款成功',
    '已退款',
    '全额退款',
    '全部退款',
    '整单退款',
    '退货退款成功',
    'refunded',
    'wc-refunded',
    'Returned',
    '已发货，退款成功',
  ],
  closed: [
    '交易关闭',
    '已关闭',
    '已取消',
    '订单取消',
    '系统关闭',
    '交易关闭（超时未付款）',
    'voided',
    'Cancelled',
    'canceled',
    'failed',
    'trash',
    '拼团失败',
    '已作废',
  ],
  unpaid: [
    '等待买家付款',
    '待付款',
    '未付款',
    '待支付',
    'pending',
    'Pending payment',
    'wc-on-hold',
    'unpaid',
    'authorized',
    'partially_paid',
    'checkout-draft',
    '定金已付尾款未付',
  ],
  unknown: ['某种状态', 'x'],
}

test.each(Object.entries(said))('an order is %s by its words', (state, words) => {
  for (const word of words) expect([word, stateOf(word)]).toEqual([word, state])
})

test('a column of refunds takes back only what was given back', () => {
  const of = (words: readonly string[]) => words.map(refundStateOf)
  expect(of(['退款成功', '已退款', '是', 'refunded'])).toEqual(Array(4).fill('refunded'))
  expect(of(['售后关闭', '无售后', '否', '退款中', '售后完成', '-'])).toEqual(Array(6).fill('purchase'))
  expect(refundStateOf('部分退款')).toBe('partly-refunded')
})
