import type { Condition } from '../../../../shared/conditions/schema.ts'
import { conditionSql, type Fragment } from '../../../audiences/sql.ts'
import { attributeTypesReader } from '../customers/attributes.ts'
import type { BrandDatabase } from '../database.ts'
import { audienceResolver, type Moment } from './audiences.ts'

/** Which customer of an audience to look at. */
export interface AudienceStep {
  /** null: all customers. */
  readonly condition: Condition | null
  readonly moment: Moment & { readonly anchors: Readonly<Record<string, string>> }
  /** null: the first. */
  readonly customerId: string | null
  readonly move: 'none' | 'next' | 'previous'
}

export interface StepAnswer {
  readonly customerId: string | null
  /** Counted from 1; 0 where the customer is not of the audience. */
  readonly index: number
  readonly of: number
}

const everybody: Fragment = { sql: '1', values: [] }

/** Goes through an audience in the order of ids, round and round. */
export function stepThrough(db: BrandDatabase, step: AudienceStep): StepAnswer {
  const { condition, moment, customerId, move } = step
  const { sql, values } =
    condition === null
      ? everybody
      : conditionSql(condition, {
          ...moment,
          enteredAt: null,
          audience: audienceResolver(db),
          types: attributeTypesReader(db.sqlite)(),
        })
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
