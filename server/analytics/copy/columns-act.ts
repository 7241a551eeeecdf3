import { type Act, actEvent } from '../../../shared/conditions/acts.ts'
import type { CopiedTable } from './columns.ts'
import { happeningColumns } from './columns-event.ts'
import { jsonOf } from './columns-read.ts'

/** What journeys have done to people, as the events that conditions ask for. */
export const actsTable: CopiedTable = {
  name: 'acts',
  columns: [
    { name: 'passage', type: 'DOUBLE' },
    ...happeningColumns,
    /** Of an entry, when its passage ended. */
    { name: 'until', type: 'DOUBLE' },
  ],
  // The truth makes acts of several tables.
  reads: '',
  values: ([read]) => {
    const act = read as Act
    const { id, name, at, amount, properties, seq = 0, until = null } = actEvent(act)
    return [act.enrollment, seq, id, name, at, amount, jsonOf(properties), until]
  },
}
