import type { Holding, TableName } from './holdings.ts'

/** What the tables hold of friends in WeCom: a part of `holdings`. */
export const wecomHoldings = {
  // What is told is emptied within seconds, as soon as it stands with whom it is of.
  wecomCallbacks: {
    fate: { rows: 'nobodys' },
    columns: { key: 'ours', body: 'ours', at: 'figure', attempts: 'figure', dueAt: 'figure', error: 'ours' },
  },
  wecomFollows: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ externalUserId: 'contact', userId: 'ours', customerId: 'customer', addedAt: 'personal' },
      ...{ removedAt: 'personal', state: 'ours' },
    },
  },
  wecomWays: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ id: 'figure', name: 'ours', state: 'ours', users: 'ours', skipVerify: 'ours', configId: 'ours' },
      ...{ qrUrl: 'ours', picture: 'ours', madeAt: 'figure' },
    },
  },
  wecomCodes: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ code: 'link', externalUserId: 'contact', userId: 'ours', customerId: 'customer', at: 'figure' },
      usedBy: 'link',
    },
  },
  wecomTags: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ tag: 'ours', tagId: 'ours', groupId: 'ours', groupName: 'ours', name: 'ours' },
      ...{ boundAt: 'figure', goneAt: 'figure' },
    },
  },
  wecomMarks: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ customerId: 'customer', tagId: 'ours', known: 'personal', turn: 'figure', dueAt: 'figure' },
      ...{ toldAt: 'figure', attempts: 'figure', error: 'ours' },
    },
  },
  wecomMedia: {
    fate: { rows: 'nobodys' },
    columns: { corpId: 'ours', picture: 'ours', mediaId: 'ours', givenAt: 'figure', usedAt: 'figure' },
  },
  wecomTasks: {
    fate: { rows: 'nobodys' },
    columns: {
      ...{ id: 'figure', sender: 'ours', hash: 'ours', status: 'ours', msgid: 'ours', madeAt: 'figure' },
      ...{ dueAt: 'figure', looks: 'figure', reminders: 'figure', error: 'ours' },
    },
  },
  wecomRecipients: {
    fate: { rows: 'removed', whose: ['customer'] },
    columns: {
      ...{ messageId: 'figure', customerId: 'customer', externalUserId: 'contact', hash: 'ours' },
      ...{ gatheredAt: 'figure', taskId: 'figure', result: 'figure' },
    },
  },
} as const satisfies { readonly [Name in TableName]?: Holding }
