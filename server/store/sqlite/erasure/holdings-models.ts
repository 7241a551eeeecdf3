import type { Holding } from './holdings.ts'

const ofCustomer = { rows: 'removed', whose: ['customer'] } as const

/** What models hold of a person: what they say of them; what was fitted is of nobody. */
export const modelHoldings = {
  toScore: {
    fate: ofCustomer,
    columns: { id: 'figure', customerId: 'customer' },
  },
  scores: {
    fate: ofCustomer,
    columns: {
      ...{ customerId: 'customer', at: 'figure', scores: 'personal' },
      ...{ reasons: 'personal', contents: 'personal' },
    },
  },
  modelRuns: {
    fate: { rows: 'nobodys' },
    columns: { id: 'ours', fitted: 'figure', report: 'figure', lastEvent: 'figure' },
  },
} as const satisfies Readonly<Record<string, Holding>>
