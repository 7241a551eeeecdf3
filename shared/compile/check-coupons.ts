import { type CouponDefinition, couponOf } from '../coupons/definition.ts'
import { validityOf } from '../coupons/give.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney } from './read.ts'

/** The brand's coupons that nodes hand out: there, open, and not over already. */
export function checkCoupons(
  read: ReadJourney,
  coupons: readonly CouponDefinition[] | undefined,
  at: { readonly now: number; readonly zone: string },
): Diagnostic[] {
  if (coupons === undefined) return []
  return [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (type.names?.(config) ?? []).flatMap(({ kind, name, field }) => {
      if (kind !== 'coupon') return []
      const place = { node: id, field }
      const coupon = couponOf(coupons, name)
      if (coupon === undefined) return [diagnose('coupon-not-there', place, { coupon: name })]
      if (!coupon.open) return [diagnose('coupon-closed', place, { coupon: name })]
      return validityOf(coupon, at.now, at.zone) === null
        ? [diagnose('coupon-over', place, { coupon: name, day: coupon.validUntil ?? '' })]
        : []
    }),
  )
}
