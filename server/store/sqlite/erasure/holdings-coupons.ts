import type { Holding } from './holdings.ts'

const nobodys = { rows: 'nobodys' } as const

/** Coupons, and codes that nobody has got, are the brand's own. */
export const couponHoldings = {
  couponDefinitions: {
    fate: nobodys,
    columns: {
      ...{ key: 'ours', definition: 'ours', revision: 'figure', createdAt: 'figure', updatedAt: 'figure' },
      ...{ remaining: 'figure', handedOut: 'figure', redeemed: 'figure', expired: 'figure' },
    },
  },
  couponCodes: { fate: nobodys, columns: { seq: 'figure', coupon: 'ours', code: 'ours' } },
} as const satisfies Readonly<Record<string, Holding>>
