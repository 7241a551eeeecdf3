import type { Holding, TableName } from './holdings.ts'

/** What models say of a person, and of all of them: a part of `holdings`. */
export const modelHoldings = {
  toScore: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: { id: 'figure', customerId: 'customer' },
  },
  scores: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ customerId: 'customer', at: 'figure', scores: 'personal' },
      ...{ reasons: 'personal', contents: 'personal' },
    },
  },
  modelRuns: {
    fate: { rows: 'nobodys' },
    columns: { id: 'ours', fitted: 'figure', report: 'figure', lastEvent: 'figure' },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
