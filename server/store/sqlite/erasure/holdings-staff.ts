import type { Holding } from './holdings.ts'

const ofCustomer = { rows: 'removed', whose: ['customer'] } as const
const nobodys = { rows: 'nobodys' } as const

/** What staff, their customers and their tasks hold of a person: what was done stays as a number. */
export const staffHoldings = {
  tasks: {
    fate: { rows: 'stripped', whose: 'customer', blank: { request: 'null', reply: 'null' } },
    columns: {
      ...{ enrollmentId: 'figure', node: 'ours', visit: 'figure', customerId: 'customer', staff: 'ours' },
      ...{ team: 'ours', takenAt: 'figure', priority: 'figure', createdAt: 'figure', dueAt: 'figure' },
      ...{ until: 'figure', doneAt: 'figure', result: 'figure', doneBy: 'ours' },
      ...{ request: 'personal', reply: 'personal', cancelledAt: 'figure' },
      toldAt: 'figure',
    },
  },
  staff: {
    fate: nobodys,
    columns: {
      ...{ id: 'ours', name: 'ours', phone: 'ours', email: 'ours', wecom: 'ours', team: 'ours' },
      ...{ regions: 'ours', categories: 'ours', active: 'ours', awayFrom: 'ours', awayTo: 'ours' },
      ...{ ceiling: 'ours', passwordMark: 'ours', updatedAt: 'figure' },
    },
  },
  teams: { fate: nobodys, columns: { id: 'ours', name: 'ours', leader: 'ours' } },
  owners: {
    fate: ofCustomer,
    columns: {
      ...{ id: 'figure', customerId: 'customer', staff: 'ours', since: 'figure', by: 'ours', rule: 'ours' },
      ...{ until: 'figure', ended: 'ours' },
    },
  },
  assignRules: {
    fate: nobodys,
    columns: {
      ...{ id: 'ours', place: 'figure', name: 'ours', active: 'ours', condition: 'ours', target: 'ours' },
      last: 'ours',
    },
  },
  givings: {
    fate: nobodys,
    columns: {
      ...{ id: 'figure', way: 'ours', target: 'ours', why: 'ours', source: 'ours', unowned: 'ours' },
      ...{ actor: 'ours', at: 'figure' },
    },
  },
  toGive: { fate: ofCustomer, columns: { customerId: 'customer', giving: 'figure' } },
} as const satisfies Readonly<Record<string, Holding>>
