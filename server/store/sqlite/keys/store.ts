import { type ApiKey, apiKey } from '../../../../shared/api/keys.ts'
import { engineActor } from '../../../../shared/audit/actor.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { KeyStore } from '../../../ports/keys.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface Row extends Omit<ApiKey, 'kind' | 'madeBy'> {
  kind: string
  madeBy: string
}

const columns =
  'id, name, kind, hint, made_at as madeAt, made_by as madeBy, used_at as usedAt, revoked_at as revokedAt'
const kinds = apiKey.shape.kind

/** A key whose kind no release knows opens nothing, and is listed as one that reads. */
const keyOf = ({ kind, madeBy, ...row }: Row): ApiKey => ({
  ...row,
  kind: kinds.safeParse(kind).data ?? 'read',
  madeBy: valueOr(readColumn(madeBy, apiKey.shape.madeBy), engineActor),
})

/** The keys of one brand's database. */
export function keyStore(db: BrandDatabase): KeyStore {
  const { sqlite } = db
  const change = changer(db)
  const all = sqlite.prepare<[], Row>(
    `select ${columns} from api_keys order by revoked_at is not null, made_at desc, rowid desc`,
  )
  const byId = sqlite.prepare<[string], Row>(`select ${columns} from api_keys where id = ?`)
  const byHash = sqlite.prepare<[string], { id: string; name: string; kind: string }>(
    'select id, name, kind from api_keys where hash = ? and revoked_at is null',
  )
  const named = sqlite.prepare<[string], 1>('select 1 from api_keys where name = ?').pluck()
  const standing = sqlite
    .prepare<[], number>('select count(*) from api_keys where revoked_at is null')
    .pluck()
  const add = sqlite.prepare(
    `insert into api_keys (id, name, kind, hash, hint, made_at, made_by)
     values (@id, @name, @kind, @hash, @hint, @madeAt, @madeBy)`,
  )
  const end = sqlite.prepare('update api_keys set revoked_at = ? where id = ? and revoked_at is null')
  const touch = sqlite.prepare('update api_keys set used_at = ? where id = ?')
  const nameOf = (id: string) => byId.get(id)?.name ?? id
  return {
    list: async () => all.all().map(keyOf),
    async find(hash) {
      const row = byHash.get(hash)
      const kind = kinds.safeParse(row?.kind).data
      return row === undefined || kind === undefined ? null : { ...row, kind }
    },
    used: async (id, at) => void touch.run(at, id),
    make: async (act, { id, name, kind, hash, hint }) =>
      change(
        act,
        () => {
          if (named.get(name) === 1) throw new Problem('key-name-taken', { name }, 'name')
          const most = limits.apiKeys.value
          if ((standing.get() ?? 0) >= most) throw new Problem('keys-too-many', { limit: most })
          const row = { id, name, kind, hint, madeAt: act.realAt, madeBy: JSON.stringify(act.actor) }
          add.run({ ...row, hash })
          return keyOf({ ...row, usedAt: null, revokedAt: null })
        },
        () => ({ action: 'key.made', id: name, detail: { kind } }),
      ),
    revoke: async (act, id) =>
      change(
        act,
        () => {
          if (end.run(act.realAt, id).changes === 0) throw new Problem('not-found', { what: id }, 'id')
        },
        () => ({ action: 'key.revoked', id: nameOf(id) }),
      ),
  }
}
