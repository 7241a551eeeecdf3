import type { KeptCoupon } from '../../../../shared/api/coupons.ts'
import { type CouponDefinition, couponDefinition } from '../../../../shared/coupons/definition.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

export interface DefinitionRow {
  readonly key: string
  readonly definition: string
  readonly revision: number
  readonly updatedAt: number
  readonly remaining: number
  readonly handedOut: number
  readonly redeemed: number
  readonly expired: number
}

export const definitionColumns = `key, definition, revision, updated_at as updatedAt, remaining,
  handed_out as handedOut, redeemed, expired`

/** Of a row that cannot be read nothing is handed out; it is listed with what else is unreadable. */
export function keptOf(row: DefinitionRow): KeptCoupon | null {
  const read = readColumn(row.definition, couponDefinition)
  if (!read.readable) return null
  const { revision, updatedAt, remaining, handedOut, redeemed, expired } = row
  const coupon = read.value
  const low = coupon.supply === 'pool' && coupon.open && remaining < coupon.warnBelow
  return { coupon, revision, updatedAt, figures: { remaining, handedOut, redeemed, expired, low } }
}

export function readCoupons({ sqlite }: Pick<BrandDatabase, 'sqlite'>): KeptCoupon[] {
  return sqlite
    .prepare<[], DefinitionRow>(`select ${definitionColumns} from coupon_definitions order by key`)
    .all()
    .flatMap((row) => keptOf(row) ?? [])
}

/** What nodes hand out. */
export const readDefinitions = (db: Pick<BrandDatabase, 'sqlite'>): readonly CouponDefinition[] =>
  readCoupons(db).map(({ coupon }) => coupon)
