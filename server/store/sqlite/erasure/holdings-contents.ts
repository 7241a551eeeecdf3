import type { Holding } from './holdings.ts'

const nobodys = { rows: 'nobodys' } as const

/** What messages show is the brand's own: what somebody was shown of it stands with the message. */
export const contentHoldings = {
  contents: {
    fate: nobodys,
    columns: { key: 'ours', content: 'ours', revision: 'figure', createdAt: 'figure', updatedAt: 'figure' },
  },
  // Where a link leads may say who was sent it.
  links: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{
        code: 'link',
        enrollmentId: 'figure',
        node: 'ours',
        visit: 'figure',
        turn: 'figure',
        customerId: 'customer',
      },
      ...{ place: 'figure', target: 'personal', until: 'ours', after: 'ours', clicks: 'figure' },
      ...{ robots: 'figure', firstAt: 'figure' },
    },
  },
  assets: {
    fate: nobodys,
    columns: {
      ...{ key: 'ours', name: 'ours', alt: 'ours', hash: 'ours', type: 'ours', width: 'figure' },
      ...{ height: 'figure', bytes: 'figure', createdAt: 'figure', updatedAt: 'figure' },
    },
  },
  assetFiles: {
    fate: nobodys,
    columns: { hash: 'ours', type: 'ours', data: 'ours', leftAt: 'figure' },
  },
  pickRuns: { fate: nobodys, columns: { id: 'ours', report: 'figure' } },
  products: {
    fate: nobodys,
    columns: {
      ...{ id: 'ours', title: 'ours', price: 'ours', stock: 'figure', category: 'ours', image: 'ours' },
      ...{ link: 'ours', attributes: 'ours', updatedAt: 'figure' },
    },
  },
} as const satisfies Readonly<Record<string, Holding>>
