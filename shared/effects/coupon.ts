import { z } from 'zod'
import { couponKinds, couponSupplies } from '../coupons/definition.ts'
import { couponEvents } from '../coupons/events.ts'
import { writtenText } from '../text.ts'
import { defineEffect } from './definition.ts'

/** A coupon as it is given. */
export const couponGiven = z.strictObject({
  code: z.string(),
  /** Minor units, as the least order is. */
  value: z.int(),
  minSpend: z.int(),
  expiresAt: z.number(),
  name: writtenText,
  /** The key of the brand's coupon that it is one of; without it the node's own. */
  of: z.string().optional(),
  /** Without it an amount off. */
  kind: z.enum(couponKinds).optional(),
  percent: z.int().optional(),
  applies: writtenText.optional(),
  /** When it may be used first; without it at once. */
  from: z.number().optional(),
  /** When it is told that it has not been used; without it never. */
  remindAt: z.number().optional(),
})

/** A coupon as a customer has got it. */
export type Coupon = Readonly<z.infer<typeof couponGiven>>

/** That a code was handed out, as the event by which it is known. */
export function claimedOf(
  { code, of, kind = 'amount' }: Coupon,
  { journeyId, node, at }: { readonly journeyId: string; readonly node: string; readonly at: number },
) {
  const coupon = of === undefined ? {} : { coupon: of }
  const properties = { code, ...coupon, kind, journey_id: journeyId, node }
  return { id: code, name: couponEvents.claimed, at, amount: null, properties }
}

const schema = z.strictObject({
  kind: z.literal('coupon'),
  coupon: couponGiven,
  /** Of one of the brand's coupons: whence its code is taken, and how many a person may have. */
  claim: z.strictObject({ supply: z.enum(couponSupplies), most: z.int().nullable() }).optional(),
})

/** A code of one's own; the enrollment keeps it for the texts that follow. */
export const coupon = defineEffect({
  kind: 'coupon',
  schema,
  seen: ({ coupon: { of, code } }, _at, sight) => {
    if (of !== undefined) sight.claimed(of, code)
  },
  figures: null,
  reported: true,
  told: ['coupon-issued'],
  tells: {
    'coupon-none-left': {
      words: {
        'zh-CN': '没有发券：优惠券“{of}”的券码已经发完',
        en: 'No coupon: there are no codes left of “{of}”',
      },
      tone: 'held',
    },
    'coupon-held': {
      words: {
        'zh-CN': '没有发券：已经有“{of}”{held} 张，每人最多 {most} 张',
        en: 'No coupon: has {held} of “{of}” already, and {most} is the most',
      },
      tone: 'held',
    },
    'coupon-over': {
      words: {
        'zh-CN': '没有发券：优惠券“{of}”已停发或过期',
        en: 'No coupon: “{of}” is not handed out any more',
      },
      tone: 'held',
    },
    'coupon-for-others': {
      words: {
        'zh-CN': '没有发券：不满足任何一种券的条件',
        en: 'No coupon: none of them is for this customer',
      },
      tone: 'held',
    },
  },
})
