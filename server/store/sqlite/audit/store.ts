import { type AuditEntry, type AuditQuery, auditEntry } from '../../../../shared/api/audit.ts'
import type { AuditLog } from '../../../ports/audit.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { divided, readValue, type Stored, storedJson } from '../stored-json.ts'

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

const stored = auditEntry.extend({ detail: storedJson.pipe(auditEntry.shape.detail) })

function entryOf({ actorKind, actorId, via, objectKind, objectId, ...rest }: Row): Stored<AuditEntry> {
  const actor = { kind: actorKind, id: actorId, via }
  return readValue({ ...rest, actor, object: { kind: objectKind, id: objectId } }, stored)
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
      const shown = rows.slice(0, limit)
      const { readable: entries, unreadable } = divided(shown, ({ id }) => String(id), entryOf)
      return { entries, unreadable, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
    },
  }
}
