import { z } from 'zod'
import type { ContactWay } from '../../../../shared/api/wecom-ways.ts'
import { assetPath, assetSchema } from '../../../../shared/assets/asset.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { KeptWay, WayStore } from '../../../ports/wecom-ways.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface Row {
  id: number
  name: string
  state: string
  users: string
  skipVerify: number
  configId: string | null
  qrUrl: string | null
  picture: string | null
  madeAt: number
}
interface SeenRow extends Row {
  hash: string | null
  type: string | null
  friends: number
  still: number
}

const texts = z.array(z.string())
const usersIn = (text: string): string[] => valueOr(readColumn(text, texts), [])
const shownType = assetSchema.shape.type

const columns = `w.id, w.name, w.state, w.users, w.skip_verify as skipVerify, w.config_id as configId,
  w.qr_url as qrUrl, w.picture, w.made_at as madeAt`

/** Codes by which customers add employees, in one brand's database. */
export function wayStore(db: BrandDatabase): WayStore {
  const { sqlite } = db
  const change = changer(db)
  const seen = (where: string) =>
    sqlite.prepare<unknown[], SeenRow>(
      `select ${columns}, a.hash, a.type,
         (select count(distinct external_user_id) from wecom_follows f where f.state = w.state) as friends,
         (select count(distinct external_user_id) from wecom_follows f where f.state = w.state
            and (f.removed_at is null or f.removed_at < f.added_at)) as still
       from wecom_ways w left join assets a on a.key = w.picture ${where} order by w.id desc`,
    )
  const [all, one] = [seen(''), seen('where w.id = ?')]
  const kept = sqlite.prepare<[number], Row>(`select ${columns} from wecom_ways w where w.id = ?`)
  const names = sqlite.prepare<[], { user: string; name: string }>(
    'select wecom as user, name from staff where wecom is not null order by active, id desc',
  )
  const taken = sqlite.prepare<[string], string>('select name from wecom_ways where state = ?').pluck()
  const add = sqlite
    .prepare<unknown[], number>(
      `insert into wecom_ways (name, state, users, skip_verify, made_at)
       values (@name, @state, @users, @skipVerify, @at) returning id`,
    )
    .pluck()
  const made = sqlite.prepare(
    'update wecom_ways set config_id = @configId, qr_url = @qrUrl, picture = @picture where id = @id',
  )
  const rewrite = sqlite.prepare(
    'update wecom_ways set name = @name, users = @users, skip_verify = @skipVerify where id = @id',
  )
  const drop = sqlite.prepare('delete from wecom_ways where id = ?')
  const known = sqlite
    .prepare<[string], string>(
      'select config_id from wecom_ways where config_id in (select value from json_each(?))',
    )
    .pluck()

  const lost = (id: number) => new Problem('not-found', { what: String(id) }, 'way')
  const must = (id: number): KeptWay => {
    const row = kept.get(id)
    if (row === undefined) throw lost(id)
    const { users, skipVerify, configId, qrUrl, ...rest } = row
    const isMade = configId === null ? null : { configId, qrUrl }
    return { ...rest, users: usersIn(users), skipVerify: skipVerify === 1, made: isMade }
  }
  const shown = (rows: readonly SeenRow[]): ContactWay[] => {
    const nameOf = new Map(names.all().map(({ user, name }) => [user, name]))
    return rows.map(({ users, skipVerify, configId, qrUrl: _, picture, hash, type, ...row }) => {
      const kind = shownType.safeParse(type)
      return {
        ...row,
        employees: usersIn(users).map((user) => ({ user, name: nameOf.get(user) ?? null })),
        skipVerify: skipVerify === 1,
        made: configId !== null,
        picture:
          picture === null || hash === null || !kind.success
            ? null
            : { key: picture, path: assetPath({ hash, type: kind.data }) },
      }
    })
  }
  const written = ({ users, skipVerify, ...rest }: Pick<KeptWay, 'name' | 'users' | 'skipVerify'>) => ({
    ...rest,
    users: JSON.stringify(users),
    skipVerify: skipVerify ? 1 : 0,
  })

  return {
    list: async () => shown(all.all()),
    async seen(id) {
      const [row] = shown(one.all(id))
      if (row === undefined) throw lost(id)
      return row
    },
    get: async (id) => must(id),
    known: async (configIds) => new Set(known.all(JSON.stringify(configIds))),
    add: async (act, draft) =>
      change(
        act,
        () => {
          const other = taken.get(draft.state)
          if (other !== undefined)
            throw new Problem('wecom-source-taken', { source: draft.state, name: other }, 'state')
          return add.get({ ...written(draft), state: draft.state, at: act.realAt }) ?? 0
        },
        (id) => ({ action: 'wecom_way.added', id: String(id), detail: { what: draft.name } }),
      ),
    made: async (act, id, answer) =>
      change(
        act,
        () => {
          must(id)
          made.run({ ...answer, id })
        },
        () => ({ action: 'wecom_way.made', id: String(id) }),
      ),
    change: async (act, id, wanted) =>
      change(
        act,
        () => {
          must(id)
          rewrite.run({ ...written(wanted), id })
        },
        () => ({ action: 'wecom_way.changed', id: String(id), detail: { what: wanted.name } }),
      ),
    async remove(act, id) {
      change(
        act,
        () => {
          const { name } = must(id)
          drop.run(id)
          return name
        },
        (name) => ({ action: 'wecom_way.removed', id: String(id), detail: { what: name } }),
      )
    },
  }
}
