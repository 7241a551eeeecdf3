import { z } from 'zod'
import { isDate } from '../calendar/date.ts'
import { limits } from '../limits.ts'
import { newName } from '../text.ts'
import { leastChance, patternSchema, usualPattern } from './pattern.ts'

/** What a coupon gives. */
export const couponKinds = ['amount', 'percent', 'gift', 'shipping'] as const
export type CouponKind = (typeof couponKinds)[number]

/** Whence its codes come: from a pool that somebody has filled, or each made as it is handed out. */
export const couponSupplies = ['pool', 'made'] as const

/** By which nodes and calls name a coupon. */
export const couponKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')

const day = z.string().refine(isDate, 'a day, as 2026-08-19').nullable().default(null)
const days = (most: number) => z.int().min(1).max(most).nullable().default(null)

/** One of the brand's coupons: what its codes are worth, to whom, and how long. */
export const couponDefinition = z
  .strictObject({
    key: couponKey,
    name: newName,
    kind: z.enum(couponKinds),
    value: z
      .int()
      .min(0)
      .max(limits.money.value)
      .default(0)
      .describe('Of an amount off: how much, in minor units; of a gift what it costs, if that is known'),
    percent: z.int().min(1).max(100).nullable().default(null).describe('Of a percentage: so much off'),
    minSpend: z
      .int()
      .min(0)
      .max(limits.money.value)
      .default(0)
      .describe('The least order that it can be used for, in minor units; 0: none'),
    applies: newName.nullable().default(null).describe('What it may be used for, in words'),
    validDays: days(3650).describe('How many days a code is valid after the day it is handed out on'),
    validFrom: day.describe('The first day on which it may be used; null: from its handing out on'),
    validUntil: day.describe('The last day on which it may be used; with `validDays` whichever comes first'),
    supply: z.enum(couponSupplies).default('pool'),
    pattern: patternSchema
      .default(usualPattern)
      .describe(`How codes are made: each # is a letter or a digit drawn by chance, ${leastChance} at least`),
    perPerson: z
      .int()
      .min(1)
      .max(100)
      .nullable()
      .default(1)
      .describe('So many at most are handed to one person; null: any number'),
    warnBelow: z.int().min(0).max(10_000_000).default(100).describe('The pool runs low with fewer left'),
    remindDays: days(365).describe(
      'So many days before its end a code that is not used is told as the event coupon_unused; null: never',
    ),
    open: z.boolean().default(true).describe('Whether it is handed out at present'),
  })
  .refine(({ kind, value }) => kind !== 'amount' || value > 0, {
    message: 'an amount above zero',
    path: ['value'],
  })
  .refine(({ kind, percent }) => (kind === 'percent') === (percent !== null), {
    message: 'a percentage where it is one, and else none',
    path: ['percent'],
  })
  .refine(({ validDays, validUntil }) => validDays !== null || validUntil !== null, {
    message: 'a number of days, or a last day',
    path: ['validDays'],
  })
  .refine(
    ({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil,
    {
      message: 'an end not before the beginning',
      path: ['validUntil'],
    },
  )
export type CouponDefinition = z.infer<typeof couponDefinition>

/** The coupon of a key; undefined where the brand has none. */
export const couponOf = (coupons: readonly CouponDefinition[] | undefined, key: string) =>
  coupons?.find((one) => one.key === key)
