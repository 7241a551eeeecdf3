import { z } from 'zod'
import type { TrackingKey } from '../../../../shared/api/tracking.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { TrackingStore } from '../../../ports/tracking.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface Row extends Omit<TrackingKey, 'origins'> {
  origins: string
}

const columns = 'id, name, origins, made_at as madeAt, revoked_at as revokedAt'
const origins = z.array(z.string())
const keyOf = (row: Row): TrackingKey => ({ ...row, origins: valueOr(readColumn(row.origins, origins), []) })
const mostRecent = 20

/** Tracking keys and visits over one brand's database. */
export function trackingStore(db: BrandDatabase): TrackingStore {
  const { sqlite } = db
  const change = changer(db)
  const all = sqlite.prepare<[], Row>(
    `select ${columns} from tracking_keys order by revoked_at is not null, made_at desc, rowid desc`,
  )
  const one = sqlite.prepare<[string], Row>(
    `select ${columns} from tracking_keys where id = ? and revoked_at is null`,
  )
  const standing = sqlite
    .prepare<[], number>('select count(*) from tracking_keys where revoked_at is null')
    .pluck()
  const add = sqlite.prepare('insert into tracking_keys (id, name, origins, made_at) values (?, ?, ?, ?)')
  const end = sqlite.prepare('update tracking_keys set revoked_at = ? where id = ? and revoked_at is null')
  const count = sqlite.prepare<[string], number>('select count(*) from visits where visitor = ?').pluck()
  const put = sqlite.prepare(
    `insert or ignore into visits (visitor, name, id, at, received_at, properties, tracking_key)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  // The oldest make room, whoever sends how much.
  const cut = sqlite.prepare('delete from visits where rowid <= (select max(rowid) from visits) - ?')
  const latest = sqlite.prepare<[], { visitor: string; name: string; at: number; page: string | null }>(
    `select visitor, name, at, iif(json_valid(properties), cast(properties ->> '$.path' as text), null) as page from visits
     order by received_at desc, rowid desc limit ${mostRecent}`,
  )
  const keep = sqlite.transaction<(...given: Parameters<TrackingStore['keep']>) => void>(
    (visitor, key, events, now) => {
      const room = Math.max(0, limits.visitsOfOne.value - (count.get(visitor) ?? 0))
      for (const { name, id, at, properties } of events.slice(0, room))
        put.run(visitor, name, id, at, now, JSON.stringify(properties), key)
      cut.run(limits.visitsInAll.value)
    },
  )
  return {
    keys: async () => all.all().map(keyOf),
    async find(id) {
      const row = one.get(id)
      return row === undefined ? null : keyOf(row)
    },
    keep: async (...given) => keep.immediate(...given),
    recent: async () => latest.all(),
    make: async (act, { id, name, origins: sites }) =>
      change(
        act,
        () => {
          const most = limits.trackingKeys.value
          if ((standing.get() ?? 0) >= most) throw new Problem('tracking-keys-too-many', { limit: most })
          add.run(id, name, JSON.stringify(sites), act.realAt)
          return { id, name, origins: sites, madeAt: act.realAt, revokedAt: null }
        },
        () => ({ action: 'tracking.made', id: name }),
      ),
    revoke: async (act, id) =>
      void change(
        act,
        () => {
          const name = one.get(id)?.name
          if (name === undefined || end.run(act.realAt, id).changes === 0)
            throw new Problem('not-found', { what: id }, 'id')
          return name
        },
        (name) => ({ action: 'tracking.revoked', id: name }),
      ),
  }
}
