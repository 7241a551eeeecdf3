import { z } from 'zod'
import { couponDefinition, couponKinds } from '../coupons/definition.ts'
import { codeSchema } from '../coupons/pattern.ts'
import { limits } from '../limits.ts'
import { identifierRef } from './persons.ts'
import { localText } from './unreadable.ts'

/** How the codes of a coupon fare. */
export const couponFigures = z.object({
  remaining: z.int().describe('Codes in the pool'),
  handedOut: z.int(),
  redeemed: z.int(),
  expired: z.int().describe('Handed out, and over without having been used'),
  low: z.boolean().describe('Fewer are left in the pool than it should warn of'),
})

export const keptCoupon = z.object({
  coupon: couponDefinition,
  revision: z.int(),
  updatedAt: z.int(),
  figures: couponFigures,
})
export type KeptCoupon = z.infer<typeof keptCoupon>

/** GET /coupons */
export const couponList = z.object({ coupons: z.array(keptCoupon) })

/** PUT /coupons/:key */
export const couponSave = z.strictObject({
  coupon: couponDefinition,
  revision: z
    .int()
    .nullable()
    .describe('The revision that was looked at; another one meanwhile refuses it. null: a new coupon'),
})
export type CouponSave = z.output<typeof couponSave>

/** POST /coupons/:key/codes: a list of codes, or so many made by the coupon's pattern. */
export const codesRequest = z.union([
  z.strictObject({ codes: z.array(z.string().max(limits.nameLength.value)).min(1).max(10_000) }),
  z.strictObject({ make: z.int().min(1).max(1_000_000).describe('So many codes by the coupon’s pattern') }),
])

export const badCode = z.object({
  line: z.int().describe('Counted from 1'),
  code: z.string(),
  reason: z.enum(['malformed', 'in_pool', 'handed_out', 'twice']),
})
export type BadCode = z.infer<typeof badCode>

/** What became of codes that were brought. */
export const codesAnswer = z.object({
  added: z.int(),
  duplicates: z.int().describe('Of a pool already, handed out already, or twice in what was brought'),
  malformed: z.int(),
  bad: z.array(badCode).describe('The first hundred that were left out'),
  remaining: z.int(),
})
export type CodesAnswer = z.infer<typeof codesAnswer>

export const codeStates = ['free', 'usable', 'not_yet', 'redeemed', 'expired'] as const
export type CodeState = (typeof codeStates)[number]

/** A code that somebody has got. */
export const heldCode = z.object({
  code: z.string(),
  coupon: z.string().nullable().describe('null: of a node’s own coupon'),
  name: localText.partial(),
  kind: z.enum(couponKinds),
  value: z.int(),
  percent: z.int().nullable(),
  minSpend: z.int(),
  state: z.enum(codeStates),
  customerId: z.string(),
  journeyId: z.string().nullable(),
  issuedAt: z.int(),
  usableFrom: z.int().nullable(),
  expiresAt: z.int(),
  redeemedAt: z.int().nullable(),
  orderId: z.string().nullable(),
})
export type HeldCode = z.infer<typeof heldCode>

/** GET /coupons/codes/:code */
export const codeLife = z.object({
  code: z.string(),
  state: z.enum(codeStates),
  coupon: z.string().nullable(),
  held: heldCode.nullable().describe('null: it is in its pool'),
})
export type CodeLife = z.infer<typeof codeLife>

/** GET /coupons/:key/codes and GET /customers/:id/coupons: the newest first. */
export const heldCodes = z.object({
  codes: z.array(heldCode),
  next: z.int().nullable().describe('By which the next page is asked for; null: this is the last'),
})
export type HeldCodes = z.infer<typeof heldCodes>

/** GET /coupons/holders: persons with many coupons, the most first. */
export const holders = z.object({
  holders: z.array(
    z.object({
      customerId: z.string(),
      name: z.string().nullable(),
      codes: z.int(),
      redeemed: z.int(),
      value: z.int().describe('Of the redeemed amounts off, in minor units'),
    }),
  ),
})
export type Holders = z.infer<typeof holders>

/** POST /coupons/redemptions: a code that was used, one of a list or a line of a stream. */
export const redemptionRecord = z.strictObject({
  code: codeSchema,
  customerId: z
    .string()
    .max(limits.nameLength.value)
    .optional()
    .describe('Who has used it; without it whoever it was given to'),
  by: identifierRef.optional().describe('The same by any identifier'),
  orderId: z.string().min(1).max(limits.nameLength.value).optional(),
  at: z.union([z.string(), z.int()]).optional().describe('When; without it now'),
})
export type RedemptionRecord = z.infer<typeof redemptionRecord>
