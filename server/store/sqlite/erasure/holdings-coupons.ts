import type { Holding } from './holdings.ts'

const nobodys = { rows: 'nobodys' } as const

/** Coupons, and codes that nobody has got, are the brand's own; lines of points are a customer's. */
export const couponHoldings = {
  couponDefinitions: {
    fate: nobodys,
    columns: {
      ...{ key: 'ours', definition: 'ours', revision: 'figure', createdAt: 'figure', updatedAt: 'figure' },
      ...{ remaining: 'figure', handedOut: 'figure', redeemed: 'figure', expired: 'figure' },
    },
  },
  points: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{
        seq: 'figure',
        customerId: 'customer',
        key: 'link',
        at: 'personal',
        amount: 'personal',
        kind: 'ours',
      },
      ...{ source: 'ours', reason: 'personal', reference: 'link', lot: 'link', expiresAt: 'personal' },
      dueAt: 'figure',
    },
  },
  couponCodes: { fate: nobodys, columns: { seq: 'figure', coupon: 'ours', code: 'ours' } },
} as const satisfies Readonly<Record<string, Holding>>
