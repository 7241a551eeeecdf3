import type { Holding } from './holdings.ts'

/** The library of contents is the brand's own words: what somebody was shown stands with the message. */
export const contentHoldings = {
  contents: {
    fate: { rows: 'nobodys' },
    columns: { key: 'ours', content: 'ours', revision: 'figure', createdAt: 'figure', updatedAt: 'figure' },
  },
} as const satisfies Readonly<Record<string, Holding>>
