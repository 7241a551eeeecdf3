import type { Holding, TableName } from './holdings.ts'

const nobodys = { rows: 'nobodys' } as const

/** What the tables hold of how channels do: a part of `holdings`. */
export const deliveryHoldings = {
  deliveryCounts: {
    fate: nobodys,
    columns: {
      ...{ since: 'figure', channel: 'ours', outcome: 'figure', code: 'ours', count: 'figure' },
      examples: 'ours',
    },
  },
  deliveryMinutes: { fate: nobodys, columns: { minute: 'figure', channel: 'ours', sent: 'figure' } },
  chainTurns: {
    fate: { rows: 'removed', whose: ['enrollment'] },
    columns: {
      ...{ enrollmentId: 'figure', node: 'ours', visit: 'figure', turn: 'figure', journeyId: 'ours' },
      ...{ untilAt: 'figure', dueAt: 'figure' },
    },
  },
  // A person writes the reason, and may name somebody in it.
  channelPauses: {
    fate: { rows: 'own', way: 'texts' },
    columns: { channel: 'ours', since: 'figure', by: 'ours', reason: 'personal' },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
