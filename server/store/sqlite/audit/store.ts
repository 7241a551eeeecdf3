import { type AuditEntry, type AuditQuery, auditEntry } from '../../../../shared/api/audit.ts'
import type { AuditLog } from '../../../ports/audit.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'

interface Row {
  id: number
  at: number
  lastAt: number
  times: number
  clock: number
  actorKind: string
  actorId: string
  via: string
  action: string
  objectKind: string
  objectId: string
  detail: string
}

function entryOf(row: Row): AuditEntry {
  const { actorKind, actorId, via, objectKind, objectId, detail, ...rest } = row
  return auditEntry.parse({
    ...rest,
    actor: { kind: actorKind, id: actorId, via },
    object: { kind: objectKind, id: objectId },
    detail: JSON.parse(detail),
  })
}

export function auditLog(db: Pick<BrandDatabase, 'sqlite'>): AuditLog {
  const { sqlite } = db
  const change = changer(db)
  return {
    note: async (act, done) =>
      change(
        act,
        () => undefined,
        () => done,
      ),
    async page({ action, object, objectId, actor, before, limit }: AuditQuery) {
      const tests = Object.entries({
        'action = ?': action,
        'object_kind = ?': object,
        'object_id = ?': objectId,
        'actor_kind = ?': actor,
        'seq < ?': before,
      }).flatMap(([test, value]) => (value === undefined ? [] : [{ test, value }]))
      const rows = sqlite
        .prepare<unknown[], Row>(
          `select seq as id, at, last_at as lastAt, times, clock, actor_kind as actorKind, actor_id as actorId, via,
             action, object_kind as objectKind, object_id as objectId, detail
           from audit where ${['1', ...tests.map(({ test }) => test)].join(' and ')} order by seq desc limit ?`,
        )
        .all(...tests.map(({ value }) => value), limit + 1)
      const entries = rows.slice(0, limit).map(entryOf)
      return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null }
    },
  }
}
