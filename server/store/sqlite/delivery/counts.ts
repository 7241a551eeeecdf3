import type { Counted, SentMinute } from '../../../ports/delivery.ts'
import type { BrandDatabase } from '../database.ts'
import { examplesIn } from './counter.ts'

type Sqlite = Pick<BrandDatabase, 'sqlite'>
type Row = Omit<Counted, 'examples'> & { readonly examples: string | null }

export const countsSql = `select since, channel, outcome, code, count, examples from delivery_counts
  where since >= ? order by since desc`
export const historySql = `select since, channel, outcome, '' as code, sum(count) as count, null as examples
  from delivery_counts where since >= ? and outcome in ('sent', 'failed') group by since, channel, outcome
  order by since desc`

const read = ({ sqlite }: Sqlite, query: string, from: number): Counted[] =>
  sqlite
    .prepare<[number], Row>(query)
    .all(from)
    .map((row) => ({ ...row, examples: examplesIn(row.examples) }))

/** What was counted since then, the newest first. */
export const countsSince = (db: Sqlite, from: number): Counted[] => read(db, countsSql, from)

/** The same of what left and what failed, whatever the code. */
export const historySince = (db: Sqlite, from: number): Counted[] => read(db, historySql, from)

export function minutesSince({ sqlite }: Sqlite, from: number): SentMinute[] {
  return sqlite
    .prepare<[number], SentMinute>('select channel, minute, sent from delivery_minutes where minute >= ?')
    .all(from)
}
