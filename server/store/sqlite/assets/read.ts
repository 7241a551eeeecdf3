import { z } from 'zod'
import { type Assets, assetSchema } from '../../../../shared/assets/asset.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { StoredAsset } from '../../../ports/assets.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface Row {
  readonly key: string
  readonly name: string
  readonly alt: string
  readonly createdAt: number
  readonly updatedAt: number
}

const columns =
  'key, name, alt, hash, type, width, height, bytes, created_at as createdAt, updated_at as updatedAt'

const rest = assetSchema.omit({ name: true, alt: true }).extend({ createdAt: z.int(), updatedAt: z.int() })

/** Its name is told by its key where that cannot be read. */
function storedOf({ name, alt, ...row }: Row): StoredAsset[] {
  const read = z.object(rest.shape).safeParse(row)
  if (!read.success) return []
  const { key } = row
  return [
    {
      ...read.data,
      name: valueOr(readColumn(name, writtenText), { en: key }),
      alt: valueOr(readColumn(alt, writtenText), { en: key }),
    },
  ]
}

export function storedAssets({ sqlite }: Pick<BrandDatabase, 'sqlite'>): StoredAsset[] {
  return sqlite.prepare<[], Row>(`select ${columns} from assets order by key`).all().flatMap(storedOf)
}

export function storedAsset({ sqlite }: Pick<BrandDatabase, 'sqlite'>, key: string): StoredAsset | undefined {
  const row = sqlite.prepare<[string], Row>(`select ${columns} from assets where key = ?`).get(key)
  return row === undefined ? undefined : storedOf(row)[0]
}

/** What messages show of them. */
export function readAssets(db: Pick<BrandDatabase, 'sqlite'>): Assets {
  return storedAssets(db).map(({ createdAt: _made, updatedAt: _changed, ...asset }) => asset)
}
