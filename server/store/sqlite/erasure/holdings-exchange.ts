import type { Holding, TableName } from './holdings.ts'

/** What the tables hold by which other systems are told, or call again: a part of `holdings`. */
export const exchangeHoldings = {
  webhookEndpoints: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ id: 'ours', name: 'ours', url: 'ours', kinds: 'ours', events: 'ours', allowPrivate: 'ours' },
      ...{ inSandbox: 'ours', off: 'ours', offAt: 'figure', failingSince: 'figure', failures: 'figure' },
      ...{ restUntil: 'figure', lastAt: 'figure', lastStatus: 'figure', oldSecretUntil: 'figure' },
      ...{ madeAt: 'figure', madeBy: 'ours' },
    },
  },
  // That somebody was erased is told by their id, and by nothing else; once it is told, the id goes as well.
  webhookHappenings: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ seq: 'figure', kind: 'figure', customerId: 'customer', ref: 'link', at: 'personal' },
      detail: 'personal',
    },
  },
  webhookMessages: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ id: 'figure', kind: 'figure', customerId: 'customer', eventName: 'personal', body: 'personal' },
      madeAt: 'figure',
    },
  },
  webhookDeliveries: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ id: 'figure', messageId: 'figure', endpointId: 'ours', customerId: 'customer', state: 'figure' },
      ...{ attempts: 'figure', dueAt: 'figure', lastAt: 'figure', status: 'figure', error: 'ours' },
      ...{ answer: 'personal', ms: 'figure' },
    },
  },
  idempotentCalls: {
    fate: { rows: 'own', way: 'calls' },
    columns: {
      ...{ caller: 'ours', route: 'ours', key: 'link', fingerprint: 'figure', process: 'ours' },
      ...{ status: 'figure', type: 'ours', answer: 'personal', begunAt: 'figure' },
    },
  },
  refusedRows: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ day: 'figure', caller: 'ours', kind: 'ours', code: 'ours', count: 'figure', lastAt: 'figure' },
    },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
