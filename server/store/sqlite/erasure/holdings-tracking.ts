import type { Holding, TableName } from './holdings.ts'

/** What the tables hold of visits of web pages: a part of `holdings`. */
export const trackingHoldings = {
  trackingKeys: {
    fate: { rows: 'nobodys' },
    columns: { id: 'ours', name: 'ours', origins: 'ours', madeAt: 'figure', revokedAt: 'figure' },
  },
  // Of nobody who is known: once somebody is, these are events of theirs and gone from here. A page may have told an address.
  visits: {
    fate: { rows: 'own', way: 'visits' },
    columns: {
      ...{ visitor: 'link', name: 'ours', id: 'link', at: 'figure', receivedAt: 'figure' },
      ...{ properties: 'personal', trackingKey: 'ours' },
    },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
