import type { DuckDBValue, JS } from '@duckdb/node-api'
import type { AskedGood } from '../../../shared/conditions/picks.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import type { Moment } from '../../ports/engine.ts'
import { CopyAsking, type CopyBase, type Query } from './condition.ts'

/** The copy as a question finds it. */
export interface Found {
  readonly base: CopyBase
  rows(sql: string, values?: readonly DuckDBValue[]): Promise<readonly (readonly JS[])[]>
  /** What some customers would be shown of the products at a moment, as the truth stands. */
  picks(ids: readonly string[], now: number): Promise<ReadonlyMap<string, readonly AskedGood[]>>
}

export const textOf = (value: JS | undefined): string | null => (typeof value === 'string' ? value : null)

/** Counts come as whole numbers of 64 bits. */
export const numberOf = (value: JS | undefined): number => Number(value ?? 0)

const everybody: Query = { sql: 'select person from customers', values: [] }

/** A query of those for whom a condition holds; null: everybody. What it asks of picks has to be known. */
export function held({ base }: Found, condition: Condition | null, moment: Moment): Query {
  return condition === null
    ? everybody
    : new CopyAsking(base, moment, { conditions: [condition] }).holds(condition)
}
