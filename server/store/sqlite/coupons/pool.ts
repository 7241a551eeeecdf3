import { randomInt } from 'node:crypto'
import type { BadCode, KeptCoupon } from '../../../../shared/api/coupons.ts'
import { codeBy, codeSchema } from '../../../../shared/coupons/pattern.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { AddedCodes, BroughtCode } from '../../../ports/coupons.ts'
import type { BrandDatabase } from '../database.ts'

/** So often at most is a code drawn anew that is known already: of 850,000,000,000 hardly one ever is. */
const draws = 100

/** Fills pools, within the caller's transaction. */
export function poolFiller({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const put = sqlite.prepare('insert or ignore into coupon_codes (coupon, code) values (?, ?)')
  const handed = sqlite.prepare<[string], number>('select 1 from coupons where code = ?').pluck()
  const mustFit = ({ coupon: { key }, figures }: KeptCoupon, more: number): void => {
    const limit = limits.couponPool.value
    if (figures.remaining + more > limit) throw new Problem('coupon-pool-full', { coupon: key, limit })
  }
  return {
    /** Problem `coupon-pool-full`. */
    add(kept: KeptCoupon, codes: readonly BroughtCode[]): AddedCodes {
      mustFit(kept, codes.length)
      const bad: BadCode[] = []
      const seen = new Set<string>()
      let added = 0
      for (const { line, code: told } of codes) {
        const read = codeSchema.safeParse(told)
        const code = read.success ? read.data : told.slice(0, 64)
        const leave = (reason: BadCode['reason']) => bad.push({ line, code, reason })
        if (!read.success) leave('malformed')
        else if (seen.has(code)) leave('twice')
        else if (handed.get(code) !== undefined) leave('handed_out')
        else if (put.run(kept.coupon.key, code).changes === 0) leave('in_pool')
        else added += 1
        seen.add(code)
      }
      return { added, bad }
    },
    /** Problem `coupon-pool-full`. */
    make(kept: KeptCoupon, count: number): number {
      mustFit(kept, count)
      const { key, pattern } = kept.coupon
      const makeOne = (): void => {
        for (let nth = 0; nth < draws; nth += 1) {
          const code = codeBy(pattern, randomInt)
          if (handed.get(code) === undefined && put.run(key, code).changes === 1) return
        }
        throw new Problem('coupon-pool-full', { coupon: key, limit: limits.couponPool.value })
      }
      for (let made = 0; made < count; made += 1) makeOne()
      return count
    },
  }
}
