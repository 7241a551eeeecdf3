import type { KeptContent } from '../../../../shared/api/contents.ts'
import { contentSchema, type Library } from '../../../../shared/contents/content.ts'
import type { Brand } from '../../../../shared/journey/brand.ts'
import { readAssets } from '../assets/read.ts'
import { readDefinitions } from '../coupons/read.ts'
import type { BrandDatabase } from '../database.ts'
import { readNamed } from '../referrals/read.ts'
import { linkBaseKey, readBrand, readMeta } from '../settings/meta.ts'
import { readSmsTerms } from '../settings/sms.ts'
import { readColumn } from '../stored-json.ts'

export interface ContentRow {
  readonly key: string
  readonly content: string
  readonly revision: number
  readonly updatedAt: number
}

const columns = 'key, content, revision, updated_at as updatedAt'

/** Of a row that cannot be read nothing is shown; it is listed with what else is unreadable. */
export function keptOf({ content, revision, updatedAt }: ContentRow): KeptContent | null {
  const read = readColumn(content, contentSchema)
  return read.readable ? { content: read.value, revision, updatedAt } : null
}

export function rowsOf({ sqlite }: Pick<BrandDatabase, 'sqlite'>): ContentRow[] {
  return sqlite.prepare<[], ContentRow>(`select ${columns} from contents order by key`).all()
}

export function rowAt({ sqlite }: Pick<BrandDatabase, 'sqlite'>, key: string): ContentRow | undefined {
  return sqlite.prepare<[string], ContentRow>(`select ${columns} from contents where key = ?`).get(key)
}

export function readLibrary(db: BrandDatabase): Library {
  return rowsOf(db).flatMap((row) => keptOf(row)?.content ?? [])
}

/** What messages are made by: the brand's decisions, its library, its coupons, its programmes, and what its text messages may say. */
export function readWholeBrand(db: BrandDatabase): Brand {
  const contents = readLibrary(db)
  const assets = readAssets(db)
  const linkBase = readMeta(db, linkBaseKey)
  const coupons = readDefinitions(db)
  const referrals = readNamed(db)
  const brand = readBrand(db)
  const sms = readSmsTerms(db, brand.signature)
  return {
    ...brand,
    ...(contents.length === 0 ? {} : { contents }),
    ...(assets.length === 0 ? {} : { assets }),
    ...(typeof linkBase === 'string' ? { linkBase } : {}),
    ...(coupons.length === 0 ? {} : { coupons }),
    ...(referrals.length === 0 ? {} : { referrals }),
    ...(sms === undefined ? {} : { sms }),
  }
}
