import { z } from 'zod'
import { limits } from '../limits.ts'
import { referralDefinition } from '../referrals/definition.ts'
import { referralReasons, referralStates, rewardLacks } from '../referrals/states.ts'
import { identifierRef } from './persons.ts'

const counted = z.partialRecord(z.enum(referralStates), z.int())

/** How a programme fares. */
export const referralFigures = z.object({
  inviters: z.int().describe('Who has a link'),
  opened: z.int().describe('How often people opened a page of theirs'),
  joined: z.int().describe('Who has come in'),
  states: counted.describe('The same by how each stands'),
  rewards: z.int().describe('What was given, to either side'),
  lacking: z.int().describe('Rewards that lack their coupon'),
  value: z.int().describe('What the codes of an amount off that were given are worth, in minor units'),
  redeemed: z.int().describe('How many of the codes were used'),
})

export const keptReferral = z.object({
  referral: referralDefinition,
  revision: z.int(),
  updatedAt: z.int(),
  figures: referralFigures,
})
export type KeptReferral = z.infer<typeof keptReferral>

/** GET /referrals */
export const referralList = z.object({ referrals: z.array(keptReferral) })

/** PUT /referrals/:key */
export const referralSave = z.strictObject({
  referral: referralDefinition,
  revision: z
    .int()
    .nullable()
    .describe('The revision that was looked at; another one meanwhile refuses it. null: a new programme'),
})
export type ReferralSave = z.output<typeof referralSave>

/** Who was invited by whom. */
export const invitation = z.object({
  id: z.string(),
  invited: z.string().describe('A customer; of somebody who has been erased, nobody'),
  invitedName: z.string().nullable(),
  inviter: z.string().nullable().describe('Whose link it was; null: erased since'),
  inviterName: z.string().nullable(),
  joinedAt: z.int(),
  state: z.enum(referralStates),
  reason: z.enum(referralReasons).nullable(),
  at: z.int().describe('When it came to stand so'),
})
export type Invitation = z.infer<typeof invitation>

/** GET /referrals/:key/invitations */
export const invitations = z.object({
  invitations: z.array(invitation),
  next: z.int().nullable().describe('`before` of the next page; null: there is none'),
})
export type Invitations = z.infer<typeof invitations>

/** GET /referrals/:key/report */
export const referralReport = z.object({
  inviters: z
    .array(
      z.object({
        customerId: z.string(),
        name: z.string().nullable(),
        joined: z.int(),
        rewarded: z.int(),
        held: z.int(),
      }),
    )
    .describe('Who has brought most'),
  lacks: z
    .array(z.object({ coupon: z.string(), lack: z.enum(rewardLacks), count: z.int() }))
    .describe('Rewards without their coupon, and why'),
})
export type ReferralReport = z.infer<typeof referralReport>

/** POST /referrals/:key/links */
export const linkRequest = z.strictObject({ customerId: z.string().min(1).max(limits.idLength.value) })
export const personalLink = z.object({
  code: z.string(),
  url: z.string().describe('The page for whom this customer invites'),
  poster: z.string().describe('The picture with its QR code'),
  qr: z.string().describe('The QR code alone'),
})
export type PersonalLink = z.infer<typeof personalLink>

/** POST /referrals/joins */
export const joinRequest = z
  .strictObject({
    code: z.string().min(1).max(64).describe('Of the link by which somebody came'),
    customerId: z.string().min(1).max(limits.idLength.value).optional().describe('The invited'),
    by: identifierRef.optional().describe('An identifier of the invited, in place of `customerId`'),
    isNew: z
      .boolean()
      .default(true)
      .describe('Whether you knew nobody by it before: asked where a programme counts new customers alone'),
  })
  .refine(({ customerId, by }) => (customerId === undefined) !== (by === undefined), {
    message: 'who it is, said once: customerId or by',
    path: ['customerId'],
  })
export type JoinRequest = z.output<typeof joinRequest>
export const joinAnswer = z.object({
  status: z
    .enum(['joined', 'known'])
    .describe('known: this customer came in before, by whichever link was first'),
  state: z.enum(referralStates),
  reason: z.enum(referralReasons).nullable(),
})
export type JoinAnswer = z.infer<typeof joinAnswer>

/** POST /referrals/:key/invitations/:id/decision */
export const decisionRequest = z.strictObject({
  accept: z.boolean().describe('Whether it counts, as if nothing had held it; else it never does'),
})
