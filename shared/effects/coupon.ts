import { z } from 'zod'
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
})

/** A coupon as a customer has got it. */
export type Coupon = Readonly<z.infer<typeof couponGiven>>

const schema = z.strictObject({ kind: z.literal('coupon'), coupon: couponGiven })

/** A code of one's own; the enrollment keeps it for the texts that follow. */
export const coupon = defineEffect({
  kind: 'coupon',
  schema,
  seen: null,
  figures: null,
  reported: false,
  told: ['coupon-issued'],
  tells: {},
})
