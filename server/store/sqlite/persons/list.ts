import { z } from 'zod'
import { type Merge, type MergeList, mergeReason } from '../../../../shared/api/persons.ts'
import { actor, engineActor } from '../../../../shared/audit/actor.ts'
import { limits } from '../../../../shared/limits.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { dayMs } from './merging.ts'

interface Row {
  id: string
  into: string
  from: string
  intoName: string | null
  fromName: string | null
  at: number
  by: string
  reason: string
  moved: string
  undoneAt: number | null
  kept: number
  further: number
}

const counts = z.record(z.string(), z.int())
const unknown = { by: 'person', kind: null, hint: null } as const

/** Merges, the newest first, with whether each can still be undone. */
export function mergeReader({ sqlite }: BrandDatabase) {
  const columns = `m.id, m.customer_id as "into", m.other_id as "from", m.at, m.by, m.reason, m.moved,
    m.undone_at as undoneAt, m.kept is not null as kept,
    (select name from customers c where c.id = m.customer_id) as intoName,
    coalesce((select name from customers c where c.id = m.other_id),
      case when json_valid(m.kept) then m.kept ->> '$.other.name' end) as fromName,
    exists (select 1 from aliases a where a.id = m.customer_id) as further`
  const newest = sqlite.prepare<{ customer: string | null; limit: number }, Row>(
    `select ${columns} from merges m
     where @customer is null or m.customer_id = @customer or m.other_id = @customer
     order by m.at desc, m.rowid desc limit @limit`,
  )
  const one = sqlite.prepare<[string], Row>(`select ${columns} from merges m where m.id = ?`)

  const told = (row: Row, realNow: number): Merge => {
    const { id, into, intoName, from, fromName, at, by, reason, moved, undoneAt, kept, further } = row
    const late = kept === 0 || realNow - at > limits.mergeUndo.value * dayMs
    const open = further === 1 ? 'merged-on' : late ? 'late' : 'yes'
    return {
      ...{ id, at, undoneAt, undoable: undoneAt === null ? open : 'undone' },
      into: { id: into, name: intoName },
      from: { id: from, name: fromName },
      by: valueOr(readColumn(by, actor), engineActor),
      reason: valueOr(readColumn(reason, mergeReason), unknown),
      moved: valueOr(readColumn(moved, counts), {}),
    }
  }
  return {
    list: (page: { customer?: string | undefined; limit: number }, realNow: number): MergeList => ({
      merges: newest
        .all({ customer: page.customer ?? null, limit: page.limit })
        .map((row) => told(row, realNow)),
      days: limits.mergeUndo.value,
    }),
    /** Of one that is there. */
    one(id: string, realNow: number): Merge {
      const row = one.get(id)
      if (row === undefined) throw new Error(`a merge is there and is not: ${id}`)
      return told(row, realNow)
    },
  }
}
