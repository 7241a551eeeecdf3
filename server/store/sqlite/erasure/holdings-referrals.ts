import type { Holding } from './holdings.ts'

/** Whoever invited or was invited is nobody once erased; that somebody was stays counted. */
export const referralHoldings = {
  referralProgrammes: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ seq: 'figure', key: 'ours', definition: 'ours', revision: 'figure' },
      ...{ createdAt: 'figure', updatedAt: 'figure' },
    },
  },
  // Without its row a link leads nowhere, and to nobody.
  referralCodes: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ code: 'link', programme: 'figure', customerId: 'customer', madeAt: 'figure', opened: 'figure' },
    },
  },
  referrals: {
    fate: { rows: 'stripped', whose: 'customer', blank: { code: `''` } },
    columns: {
      ...{ programme: 'figure', customerId: 'customer', id: 'ours', code: 'link', joinedAt: 'figure' },
      ...{ minOrder: 'figure', state: 'figure', reason: 'ours', at: 'figure', decidedBy: 'ours' },
    },
  },
  referralRewards: {
    fate: {
      rows: 'stripped',
      whose: 'customer',
      blank: { code: 'null', lack: `nullif(lack, 'none_left')` },
    },
    columns: {
      ...{ programme: 'figure', customerId: 'customer', of: 'figure', at: 'figure', tag: 'ours' },
      ...{ coupon: 'ours', code: 'link', lack: 'figure' },
    },
  },
} as const satisfies Readonly<Record<string, Holding>>
