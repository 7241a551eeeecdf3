import type { ErrorEntry } from './entry.ts'

/** The brand's coupons, their pools and what becomes of codes. */
export const coupons = {
  'coupon-exists': {
    status: 409,
    message: { 'zh-CN': '已经有键为 {coupon} 的优惠券', en: 'There is a coupon {coupon} already' },
    mend: { 'zh-CN': '换一个键，或打开原来的券修改', en: 'Choose another key, or change the one there is' },
  },
  'coupon-stale': {
    status: 409,
    message: {
      'zh-CN': '优惠券 {coupon} 在别处改过了：你的是第 {revision} 稿，现在是第 {current} 稿',
      en: 'The coupon {coupon} was changed elsewhere: yours is revision {revision}, the present one is {current}',
    },
    mend: {
      'zh-CN': '先看看现在的券，再决定用哪一份',
      en: 'Look at it as it is now, then decide which of the two is to stand',
    },
  },
  'coupon-in-use': {
    status: 409,
    message: { 'zh-CN': '优惠券 {coupon} 正被 {user} 使用', en: 'The coupon {coupon} is used by {user}' },
    mend: {
      'zh-CN': '先在那里换成别的券；运行中的旅程要发布新版本并等旧版本走完',
      en: 'Hand out another there first; of a journey that runs, publish that and let the earlier version end',
    },
  },
  'coupon-handed-out': {
    status: 409,
    message: {
      'zh-CN': '优惠券 {coupon} 已经发出 {count} 张，不能删除',
      en: 'The coupon {coupon} has been handed out {count} {count:time|times} and cannot be deleted',
    },
    mend: {
      'zh-CN': '改为停发，已发的券照常可用',
      en: 'Stop handing it out: what customers have stays valid',
    },
  },
  'coupon-unknown': {
    status: 422,
    message: { 'zh-CN': '没有键为 {coupon} 的优惠券', en: 'There is no coupon {coupon}' },
    mend: { 'zh-CN': '在优惠券页新建，或换一张券', en: 'Make it on the page of coupons, or choose another' },
  },
  'coupons-too-many': {
    status: 409,
    message: {
      'zh-CN': '已经有 {limit} 种优惠券，不能再加',
      en: 'There are {limit} coupons, and no more can be kept',
    },
    mend: { 'zh-CN': '删除没有发过的券', en: 'Delete coupons that were never handed out' },
  },
  'coupon-pool-full': {
    status: 409,
    message: {
      'zh-CN': '优惠券 {coupon} 的券码池最多 {limit} 个',
      en: 'The pool of the coupon {coupon} holds {limit} codes at most',
    },
    mend: { 'zh-CN': '先发掉一些再补充', en: 'Hand some of them out before adding more' },
  },
  'coupon-code-unknown': {
    status: 404,
    message: { 'zh-CN': '没有券码 {code}', en: 'There is no code {code}' },
    mend: { 'zh-CN': '检查券码有没有抄错', en: 'Check how the code is written' },
  },
  'coupon-not-given': {
    status: 422,
    message: { 'zh-CN': '券码 {code} 还没有发给任何人', en: 'The code {code} has not been given to anybody' },
    mend: { 'zh-CN': '检查券码，或先把券发出去', en: 'Check the code, or hand it out first' },
  },
  'coupon-used': {
    status: 409,
    message: {
      'zh-CN': '券码 {code} 在 {at} 已经用过，不再算核销',
      en: 'The code {code} was used at {at} already, so it does not count as redeemed again',
    },
    mend: {
      'zh-CN': '同一张券只能用一次；若是重发，请用同一个编号',
      en: 'A code counts once; what is sent again should bear the id that it had',
    },
  },
  'coupon-expired': {
    status: 409,
    message: {
      'zh-CN': '券码 {code} 在 {at} 已经过期，不算核销',
      en: 'The code {code} was over at {at}, so it does not count as redeemed',
    },
    mend: { 'zh-CN': '检查使用时间，或另发一张', en: 'Check when it was used, or hand out another' },
  },
  'coupon-early': {
    status: 409,
    message: {
      'zh-CN': '券码 {code} 从 {at} 起才能用，不算核销',
      en: 'The code {code} may be used from {at} on, so it does not count as redeemed',
    },
    mend: { 'zh-CN': '检查使用时间', en: 'Check when it was used' },
  },
} as const satisfies Record<string, ErrorEntry>
