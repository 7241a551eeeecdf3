import type { Fragment } from '../../../analytics/sql.ts'
import { whereHolds } from '../../../analytics/where.ts'
import type { AudienceStep, StepAnswer } from '../../../ports/audiences.ts'
import type { BrandDatabase } from '../database.ts'
import { baseReader } from './base.ts'

const everybody: Fragment = { sql: '1', values: [] }

/** Goes through an audience in the order of ids, round and round. */
export function stepThrough(db: BrandDatabase, step: AudienceStep): StepAnswer {
  const { condition, moment, customerId, move } = step
  const { sql, values } =
    condition === null ? everybody : whereHolds(baseReader(db.sqlite)(), condition, moment)
  const members = db.sqlite
    .prepare<unknown[], string>(`select c.id from customers c where ${sql} order by c.id`)
    .pluck()
    .all(...values)
  const of = members.length
  const at = customerId === null ? -1 : members.indexOf(customerId)
  if (of === 0 || (customerId !== null && move === 'none')) return { customerId, index: at + 1, of }
  // Outside the audience the step leads to the neighbours by id.
  const after = at >= 0 ? at + 1 : members.filter((id) => customerId !== null && id < customerId).length
  const before = at >= 0 ? at - 1 : after - 1
  const index = (((move === 'previous' ? before : after) % of) + of) % of
  return { customerId: members[index] ?? null, index: index + 1, of }
}
