import type { ErrorEntry } from './entry.ts'

/** The ledger of points. */
export const points = {
  'points-insufficient': {
    status: 409,
    message: {
      'zh-CN': '客户 {customer} 只有 {balance} 积分，不够扣 {points}',
      en: 'Customer {customer} has {balance} {balance:point|points}, too few to take {points}',
    },
    mend: {
      'zh-CN': '少扣一些，或先看看这位客户的积分明细',
      en: 'Take fewer, or look at the ledger of this customer first',
    },
  },
  'points-key-other': {
    status: 409,
    message: {
      'zh-CN': '键 {key} 已用于客户 {customer} 的 {points} 积分，与这一次不同',
      en: 'The key {key} stands for {points} points of customer {customer} already, which is not the same',
    },
    mend: {
      'zh-CN': '同一次加减用同一个键重发；新的加减换一个键',
      en: 'Send the same again with its key; give another key to what is new',
    },
  },
} as const satisfies Record<string, ErrorEntry>
