import { latestMoment } from '../../../../shared/api/events.ts'
import type { Base } from '../../../ports/base.ts'
import type { QualityStore, RefusedRows } from '../../../ports/quality.ts'
import type { BrandDatabase } from '../database.ts'
import { refusalCounter } from './refusals.ts'

/** So many of one day and kind nobody sends; a count beyond that is none of ours. */
const mostCounted = 1e12

/** What does not look right in one brand's database, and what was refused. */
export function qualityStore(db: BrandDatabase, base: Base): QualityStore {
  const count = refusalCounter(db)
  const note = db.sqlite.transaction(count)
  const since = db.sqlite.prepare<[number], RefusedRows>(
    `select caller, kind, code, sum(count) as count, max(last_at) as lastAt from refused_rows
     where last_at between ? and ${latestMoment} and typeof(count) = 'integer' and count between 0 and ${mostCounted}
     group by caller, kind, code order by count desc`,
  )
  return {
    look: (asked) => base.ask('quality', asked),
    noteRefused: async (act, kind, codes) => note.immediate(act, kind, codes),
    refused: async (from) => since.all(from),
  }
}
