import { auditEntry } from '../../../../shared/api/audit.ts'
import { type AuditAction, actions, gathering } from '../../../../shared/audit/actions.ts'
import type { AuditDetail } from '../../../../shared/audit/details.ts'
import type { Act } from '../../../ports/acts.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** Within the caller's transaction: says in the log what an act has done. */
export type WriteAudit = (act: Act, action: AuditAction, objectId: string, detail?: AuditDetail) => void

const details = auditEntry.shape.detail

/** How long after another of the same kind a change is still counted with it. */
const gatheredForMs = 30 * 60_000
const longestText = 200

/** Texts stay short; a log is no second copy of the data. */
function shortened(detail: AuditDetail): AuditDetail {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, longestText) : value,
    ]),
  )
}

interface LastRow {
  seq: number
  action: string
  actor_kind: string
  actor_id: string
  via: string
  last_at: number
  detail: string
}

/** The numbers of both added up; whatever else there is stays as it was told last. */
function added(before: AuditDetail, more: AuditDetail): AuditDetail {
  const sums = Object.entries(more).map(([name, value]) => {
    const known = Object.entries(before).find(([one]) => one === name)?.[1]
    return [name, typeof value === 'number' && typeof known === 'number' ? known + value : value] as const
  })
  return Object.fromEntries(sums)
}

export function auditWriter({ sqlite }: Pick<BrandDatabase, 'sqlite'>): WriteAudit {
  const insert = sqlite.prepare(
    `insert into audit (at, last_at, clock, actor_kind, actor_id, via, action, object_kind, object_id, detail)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const last = sqlite.prepare<[string, string], LastRow>(
    `select seq, action, actor_kind, actor_id, via, last_at, detail from audit
     where object_kind = ? and object_id = ? order by seq desc limit 1`,
  )
  const again = sqlite.prepare(
    'update audit set times = times + 1, last_at = ?, clock = ?, detail = ? where seq = ?',
  )
  const add = sqlite.prepare('update audit set detail = ? where seq = ?')
  return ({ actor, at, realAt }, action, objectId, detail = {}) => {
    const { object } = actions[action]
    const how = gathering(action)
    const text = JSON.stringify(shortened(detail))
    const before = how === null ? undefined : last.get(object, objectId)
    const same =
      before?.action === action &&
      before.actor_kind === actor.kind &&
      before.actor_id === actor.id &&
      before.via === actor.via
    if (how === 'counted' && same && realAt - before.last_at < gatheredForMs)
      again.run(realAt, at, text, before.seq)
    else if (how === 'summed' && same && before.last_at === realAt)
      add.run(
        JSON.stringify(added(valueOr(readColumn(before.detail, details), {}), shortened(detail))),
        before.seq,
      )
    else insert.run(realAt, realAt, at, actor.kind, actor.id, actor.via, action, object, objectId, text)
  }
}
