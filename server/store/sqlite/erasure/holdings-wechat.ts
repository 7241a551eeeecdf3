import type { Holding, TableName } from './holdings.ts'

/** What the tables hold of followers of the official account: a part of `holdings`. */
export const wechatHoldings = {
  // What is told is emptied within seconds, as soon as it stands with whom it is of.
  wechatCallbacks: {
    fate: { rows: 'nobodys' },
    columns: { key: 'ours', body: 'ours', at: 'figure', attempts: 'figure', dueAt: 'figure', error: 'ours' },
  },
  wechatFollowers: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ openid: 'contact', customerId: 'customer', followedAt: 'personal', leftAt: 'personal' },
      source: 'ours',
    },
  },
  wechatGrants: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ openid: 'contact', kind: 'ours', template: 'ours', customerId: 'customer', at: 'personal' },
      ...{ until: 'figure', left: 'figure' },
    },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
