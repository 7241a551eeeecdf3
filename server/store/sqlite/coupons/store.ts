import type { CouponSave, KeptCoupon } from '../../../../shared/api/coupons.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { CouponStore } from '../../../ports/coupons.ts'
import { InUse, type Use } from '../../../ports/uses.ts'
import { usesOf } from '../audiences/uses.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { codeReader } from './codes.ts'
import { poolFiller } from './pool.ts'
import { type DefinitionRow, definitionColumns, keptOf, readCoupons } from './read.ts'

/** The coupons of one brand's database. */
export function couponStore(db: BrandDatabase): CouponStore {
  const { sqlite } = db
  const change = changer(db)
  const one = sqlite.prepare<[string], DefinitionRow>(
    `select ${definitionColumns} from coupon_definitions where key = ?`,
  )
  const count = sqlite.prepare<[], number>('select count(*) from coupon_definitions').pluck()
  const put = sqlite.prepare(
    `insert into coupon_definitions (key, definition, revision, created_at, updated_at)
     values (@key, @definition, 1, @at, @at)
     on conflict do update set definition = excluded.definition, revision = revision + 1,
       updated_at = excluded.updated_at`,
  )
  const drop = sqlite.prepare('delete from coupon_definitions where key = ?')
  const empty = sqlite.prepare('delete from coupon_codes where coupon = ?')
  const must = (key: string): DefinitionRow => {
    const row = one.get(key)
    if (row === undefined) throw new Problem('not-found', { what: key }, 'key')
    return row
  }
  const read = (key: string): KeptCoupon => {
    const kept = keptOf(must(key))
    if (kept === null) throw new Problem('not-found', { what: key }, 'key')
    return kept
  }
  const save = ({ coupon, revision }: CouponSave, at: number): void => {
    const { key } = coupon
    const row = one.get(key)
    if (revision === null) {
      if (row !== undefined) throw new Problem('coupon-exists', { coupon: key }, 'coupon.key')
      const limit = limits.coupons.value
      if ((count.get() ?? 0) >= limit) throw new Problem('coupons-too-many', { limit })
    } else if (must(key).revision !== revision) {
      const current = row?.revision ?? 0
      throw new Problem('coupon-stale', { coupon: key, revision, current }, 'revision')
    }
    put.run({ key, definition: JSON.stringify(coupon), at })
  }
  const uses = (key: string, registry: Registry): Use[] => {
    must(key)
    return usesOf(db, { kind: 'coupon', name: key }, registry)
  }
  const remove = (key: string, registry: Registry): void => {
    const named = uses(key, registry)
    if (named.length > 0) throw new InUse('coupon-in-use', { coupon: key }, named)
    const { handedOut } = must(key)
    if (handedOut > 0) throw new Problem('coupon-handed-out', { coupon: key, count: handedOut })
    empty.run(key)
    drop.run(key)
  }
  const fill = poolFiller(db)
  return {
    ...codeReader(db),
    list: async () => readCoupons(db),
    get: async (key) => read(key),
    uses: async (key, registry) => uses(key, registry),
    save: async (act, saving) =>
      change(
        act,
        () => save(saving, act.at),
        () => ({ action: 'coupon.saved', id: saving.coupon.key }),
      ),
    remove: async (act, key, registry) =>
      change(
        act,
        () => remove(key, registry),
        () => ({ action: 'coupon.removed', id: key }),
      ),
    addCodes: async (act, key, codes) =>
      change(
        act,
        () => fill.add(read(key), codes),
        ({ added, bad }) => ({
          action: 'coupon.codes_added',
          id: key,
          detail: { added, left_out: bad.length },
        }),
      ),
    makeCodes: async (act, key, wanted) =>
      change(
        act,
        () => fill.make(read(key), wanted),
        (added) => ({ action: 'coupon.codes_added', id: key, detail: { added, left_out: 0 } }),
      ),
  }
}
