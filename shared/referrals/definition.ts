import { z } from 'zod'
import { assetKey } from '../assets/asset.ts'
import { isDate } from '../calendar/date.ts'
import { couponKey } from '../coupons/definition.ts'
import { limits } from '../limits.ts'
import { newName } from '../text.ts'
import { pageTexts, usualTexts } from './page.ts'

/** By which texts and calls name a programme: a name that Liquid can ask for. */
export const referralKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'a lower-case letter, then letters, digits or _, 64 at most')

/** Who counts as invited: whom nobody knew, who has never bought, or everybody. */
export const whoCounts = ['new', 'no_order', 'anyone'] as const

/** What the invited must do before anybody is rewarded: leave a phone, or buy. */
export const asked = ['join', 'order'] as const

const tag = z.string().trim().min(1).max(limits.nameLength.value)

/** What somebody gets: a code of one of the brand's coupons, a tag, both or neither; an event tells of it in any case. */
export const rewardSchema = z.strictObject({
  coupon: couponKey.nullable().default(null),
  tag: tag.nullable().default(null),
})
export type Reward = z.output<typeof rewardSchema>
const nothing: Reward = { coupon: null, tag: null }

/** So many that somebody has invited, and what is given for that beside the reward for each. */
const tier = rewardSchema.extend({ count: z.int().min(1).max(10_000) })
const mostTiers = 20

const day = z.string().refine(isDate, 'a day, as 2026-08-19').nullable().default(null)

/** A programme by which customers invite others. */
export const referralDefinition = z
  .strictObject({
    key: referralKey,
    name: newName,
    from: day.describe('The first day on which somebody may come in; null: at once'),
    until: day.describe('The last one; null: as long as it is open'),
    open: z.boolean().default(true).describe('Whether anybody may come in at present'),
    counts: z.enum(whoCounts).default('new').describe('Who counts as invited'),
    asks: z.enum(asked).default('order').describe('What the invited must do before both are rewarded'),
    minOrder: z
      .int()
      .min(0)
      .max(limits.money.value)
      .default(0)
      .describe('The least order that counts, in minor units; 0: any'),
    most: z
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe('For so many at most one inviter is rewarded; null: any number'),
    invited: rewardSchema.default(nothing).describe('What the invited gets'),
    inviter: rewardSchema.default(nothing).describe('What the inviter gets for each'),
    tiers: z.array(tier).max(mostTiers).default([]).describe('What the inviter gets once for so many'),
    page: z
      .strictObject({
        ...pageTexts,
        picture: assetKey.nullable().default(null).describe('Stands above the words'),
        follow: assetKey
          .nullable()
          .default(null)
          .describe('The code by which the brand is followed; shown once somebody has come in'),
        link: z
          .url({ protocol: /^https?$/ })
          .max(limits.urlLength.value)
          .nullable()
          .default(null)
          .describe('Where somebody who has come in may go on'),
      })
      .prefault(usualTexts),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    message: 'an end not before the beginning',
    path: ['until'],
  })
  .refine(({ tiers }) => new Set(tiers.map(({ count }) => count)).size === tiers.length, {
    message: 'each number of invited once',
    path: ['tiers'],
  })
export type ReferralDefinition = z.output<typeof referralDefinition>

/** The coupons that a programme gives, each with the place where it is named. */
export const couponsOf = ({
  invited,
  inviter,
  tiers,
}: ReferralDefinition): readonly (readonly [string, string])[] =>
  [
    ['invited.coupon', invited.coupon] as const,
    ['inviter.coupon', inviter.coupon] as const,
    ...tiers.map(({ coupon }, at) => [`tiers.${at}.coupon`, coupon] as const),
  ].flatMap(([place, coupon]) => (coupon === null ? [] : [[place, coupon] as const]))

/** Whether somebody may come in on a day. */
export const isOpen = ({ open, from, until }: ReferralDefinition, today: string): boolean =>
  open && (from === null || from <= today) && (until === null || today <= until)
