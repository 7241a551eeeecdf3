/** How many coupons and points there may be: a part of the table of limits. */
export const couponLimits = {
  coupons: {
    value: 1000,
    unit: 'entries',
    what: { 'zh-CN': '一个品牌的优惠券种类', en: 'The coupons of a brand' },
  },
  couponPool: {
    value: 10_000_000,
    unit: 'entries',
    what: { 'zh-CN': '一种优惠券池里的券码', en: 'The codes in the pool of one coupon' },
  },
  linePoints: {
    value: 100_000_000,
    unit: 'entries',
    what: { 'zh-CN': '一次加减的积分', en: 'The points that are added or taken at once' },
  },
} as const
