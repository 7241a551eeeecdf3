import { couponOf } from '../../coupons/definition.ts'
import { validityOf } from '../../coupons/give.ts'
import { couponGiven } from '../../effects/coupon.ts'
import type { Coupon, Json, Reason } from '../../effects/index.ts'
import { Problem } from '../../errors/index.ts'
import { unwoken } from '../recall.ts'
import type { CouponOffer, DecideInput, Decision } from '../type.ts'

/** Ports by the reasons for which nobody is given anything. */
const ports = {
  'coupon-none-left': 'none_left',
  'coupon-held': 'not_issued',
  'coupon-over': 'not_issued',
  'coupon-for-others': 'not_issued',
} as const
type WhyNot = keyof typeof ports
const isWhyNot = (code: string): code is WhyNot => Object.hasOwn(ports, code)

type Leaving = Extract<Decision, { kind: 'leave' }>

const without = (code: WhyNot, details: Readonly<Record<string, Json>> = {}): Leaving => ({
  kind: 'leave',
  port: ports[code],
  reason: { code, ...details },
})

/** What stands for an offer where nothing is handed out: a sample of a code, and what this passage has got. */
function sampleOf(key: string, { enrollment }: DecideInput, code: string): CouponOffer {
  return { code, held: Object.values(enrollment.coupons).filter(({ of }) => of === key).length }
}

/**
 * Gives one of the brand's coupons. The code has been read from the pool and is taken out of it in the transaction that
 * saves the step; where somebody else was faster there, this step is taken anew.
 */
export function claim(key: string | null, input: DecideInput, sample: () => string): Leaving {
  if (key === null) return without('coupon-for-others')
  const coupon = couponOf(input.brand.coupons, key)
  if (coupon === undefined) throw new Problem('coupon-unknown', { coupon: key }, input.node)
  const validity = coupon.open ? validityOf(coupon, input.now, input.zone) : null
  if (validity === null) return without('coupon-over', { of: key })
  const { coupons } = input.facts
  const offer = coupons === null ? sampleOf(key, input, sample()) : coupons[key]
  if (offer === undefined) throw new Problem('coupon-unknown', { coupon: key }, input.node)
  const { perPerson, supply } = coupon
  if (perPerson !== null && offer.held >= perPerson)
    return without('coupon-held', { of: key, held: offer.held, most: perPerson })
  if (offer.code === null) return without('coupon-none-left', { of: key })
  const { name, kind, value, percent, minSpend, applies } = coupon
  const { from, expiresAt, remindAt } = validity
  const given: Coupon = {
    ...{ code: offer.code, value, minSpend, expiresAt, name, of: key, kind },
    ...(percent === null ? {} : { percent }),
    ...(applies === null ? {} : { applies }),
    ...(from === null ? {} : { from }),
    ...(remindAt === null ? {} : { remindAt }),
  }
  return {
    kind: 'leave',
    port: 'issued',
    effects: [{ kind: 'coupon', coupon: given, claim: { supply, most: perPerson } }],
    // The coupon may be another tomorrow: a replay has it from here.
    reason: { code: 'coupon-issued', coupon: offer.code, expiresAt, of: key, given: JSON.stringify(given) },
  }
}

/** The same from what the trace says of it. */
export function recalledClaim(recalled: Reason): Decision {
  const reason = unwoken(recalled)
  const { code, given } = reason
  if (isWhyNot(code)) return { kind: 'leave', port: ports[code], reason }
  if (code !== 'coupon-issued' || typeof given !== 'string') throw new Problem('trace-unfit', { what: code })
  const coupon = couponGiven.parse(JSON.parse(given))
  return { kind: 'leave', port: 'issued', effects: [{ kind: 'coupon', coupon }], reason }
}
