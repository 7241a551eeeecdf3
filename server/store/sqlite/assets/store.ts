import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { AssetStore, NewAsset, Picture, StoredAsset } from '../../../ports/assets.ts'
import { InUse } from '../../../ports/uses.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { storedAsset, storedAssets } from './read.ts'
import { usesOfAsset } from './uses.ts'

/** So long the bytes stay that no asset has any more: whoever opens a mail of last month still sees its pictures. */
const leftForMs = 180 * 86_400_000

const mega = 1_000_000

/** The pictures of one brand's database. */
export function assetStore(db: BrandDatabase): AssetStore {
  const { sqlite } = db
  const change = changer(db)
  const run = {
    count: sqlite.prepare<[], number>('select count(*) from assets').pluck(),
    used: sqlite.prepare<[], number>('select coalesce(sum(length(data)), 0) from asset_files').pluck(),
    file: sqlite.prepare<[string], Pick<Picture, 'type' | 'data'>>(
      'select type, data from asset_files where hash = ?',
    ),
    keep: sqlite.prepare(
      `insert into asset_files (hash, type, data) values (@hash, @type, @data)
       on conflict do update set left_at = null`,
    ),
    put: sqlite.prepare(
      `insert into assets (key, name, alt, hash, type, width, height, bytes, created_at, updated_at)
       values (@key, @name, @alt, @hash, @type, @width, @height, @bytes, @at, @at)`,
    ),
    show: sqlite.prepare(
      `update assets set hash = @hash, type = @type, width = @width, height = @height, bytes = @bytes,
         updated_at = @at where key = @key`,
    ),
    rename: sqlite.prepare('update assets set name = @name, alt = @alt, updated_at = @at where key = @key'),
    drop: sqlite.prepare('delete from assets where key = ?'),
    leave: sqlite.prepare(
      `update asset_files set left_at = ? where left_at is null and hash not in (select hash from assets)`,
    ),
    forget: sqlite.prepare('delete from asset_files where left_at < ?'),
  }

  const must = (key: string): StoredAsset => {
    const asset = storedAsset(db, key)
    if (asset === undefined) throw new Problem('not-found', { what: key }, 'key')
    return asset
  }

  /** What nobody has any more is left, and in time forgotten. */
  const tidy = (at: number): void => {
    run.leave.run(at)
    run.forget.run(at - leftForMs)
  }

  const keep = ({ hash, type, data }: Picture): void => {
    const used = run.file.get(hash) === undefined ? (run.used.get() ?? 0) + data.byteLength : 0
    const most = limits.assetRoom.value
    if (used > most) throw new Problem('assets-full', { limit: most / mega }, 'file')
    run.keep.run({ hash, type, data })
  }

  const seen = ({ hash, type, width, height, data }: Picture) => ({
    ...{ hash, type, width, height },
    bytes: data.byteLength,
  })

  const freeKey = (stem: string): string => {
    for (let number = 1; ; number += 1) {
      const key = number === 1 ? stem : `${stem}_${number}`
      if (storedAsset(db, key) === undefined) return key
    }
  }

  const add = ({ key: wanted, stem, name, alt, picture }: NewAsset, at: number): string => {
    if (wanted !== null && storedAsset(db, wanted) !== undefined)
      throw new Problem('asset-exists', { asset: wanted }, 'key')
    const limit = limits.assets.value
    if ((run.count.get() ?? 0) >= limit) throw new Problem('assets-too-many', { limit }, 'file')
    const key = wanted ?? freeKey(stem)
    keep(picture)
    const words = { name: JSON.stringify(name), alt: JSON.stringify(alt) }
    run.put.run({ key, ...words, ...seen(picture), at })
    return key
  }

  return {
    list: async () => storedAssets(db),
    get: async (key) => must(key),
    async uses(key) {
      return usesOfAsset(db, must(key))
    },
    used: async () => run.used.get() ?? 0,
    file: async (hash) => run.file.get(hash) ?? null,
    add: async (act, asset) =>
      change(
        act,
        () => add(asset, act.at),
        (key) => ({ action: 'asset.added', id: key }),
      ),
    rename: async (act, key, { name, alt }) =>
      change(
        act,
        () => {
          must(key)
          const words = { name: JSON.stringify(name), alt: JSON.stringify(alt) }
          run.rename.run({ key, ...words, at: act.at })
        },
        () => ({ action: 'asset.renamed', id: key }),
      ),
    replace: async (act, key, picture) =>
      change(
        act,
        () => {
          must(key)
          keep(picture)
          run.show.run({ key, ...seen(picture), at: act.at })
          tidy(act.at)
        },
        () => ({ action: 'asset.replaced', id: key }),
      ),
    remove: async (act, key) =>
      change(
        act,
        () => {
          const named = usesOfAsset(db, must(key))
          if (named.length > 0) throw new InUse('asset-in-use', { asset: key }, named)
          run.drop.run(key)
          tidy(act.at)
        },
        () => ({ action: 'asset.removed', id: key }),
      ),
  }
}
