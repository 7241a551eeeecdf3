import type Database from 'better-sqlite3'
import { balanceName } from '../../../../shared/conditions/ledger.ts'

/** What customers have, in one query; in none where nobody ever had any. Nothing of whom no line tells. */
export function balancesReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (id: string) => number | null {
  const any = sqlite.prepare<[], number>('select exists (select 1 from points)').pluck()
  const read = sqlite
    .prepare<[string], [id: string, balance: number]>(
      `select customer_id, sum(amount) from points
       where customer_id in (select value from json_each(?)) group by customer_id`,
    )
    .raw()
  const nothing = () => null
  return (ids) => {
    if (any.get() !== 1) return nothing
    const found = new Map(read.all(JSON.stringify(ids)))
    return (id) => found.get(id) ?? null
  }
}

type Attributes = Readonly<Record<string, string | number | boolean>>

/** What else is laid over a customer's attributes, with the balance; null: nothing. */
export const withBalance = (laid: Attributes | null, balance: number | null): Attributes | null =>
  balance === null ? laid : { ...laid, [balanceName]: balance }
