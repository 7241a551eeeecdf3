import type { Holding, TableName } from './holdings.ts'

/** What the tables hold by which it is known who is one person, and where what they say came from: a part of `holdings`. */
export const personHoldings = {
  identifiers: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ kind: 'ours', scope: 'ours', value: 'contact', customerId: 'customer', verified: 'figure' },
      ...{ source: 'ours', firstSeen: 'personal', lastSeen: 'personal' },
    },
  },
  aliases: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: { id: 'customer', customerId: 'customer' },
  },
  merges: {
    fate: { rows: 'removed', whose: ['customer', 'other'] },
    columns: {
      ...{ id: 'ours', customerId: 'customer', otherId: 'customer', at: 'figure', by: 'ours' },
      ...{ reason: 'personal', moved: 'figure', kept: 'personal', undoneAt: 'figure', undoneBy: 'ours' },
    },
  },
  duplicates: {
    fate: { rows: 'removed', whose: ['customer', 'other'] },
    columns: {
      ...{ customerId: 'customer', otherId: 'customer', kind: 'ours', hint: 'contact', why: 'ours' },
      ...{ foundAt: 'figure', decision: 'ours', decidedAt: 'figure', decidedBy: 'ours' },
    },
  },
  sources: {
    fate: { rows: 'nobodys' },
    columns: { id: 'figure', kind: 'ours', name: 'ours', reference: 'ours', at: 'figure' },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
