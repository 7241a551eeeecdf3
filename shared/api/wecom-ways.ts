import { z } from 'zod'
import { limits } from '../limits.ts'

/** The most bytes of a source: page 92228 of WeCom's documents allows 30 letters, and a Chinese one has three bytes. */
export const mostOfState = 30
/** The most letters of a note, and the most employees of one code. */
const mostOfNote = 30
const mostEmployees = 100

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength

/** A source, as WeCom tells it of each friend who comes by the code. */
const waySource = z
  .string()
  .trim()
  .refine((text) => text !== '' && bytesOf(text) <= mostOfState && !/[\s\p{Cc}]/u.test(text), {
    message: '1 to 30 bytes without blanks: 30 letters and digits, or 10 Chinese characters',
  })

const fields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(mostOfNote)
    .describe('As the brand’s people call it; also WeCom’s note of it'),
  users: z
    .array(z.string().trim().min(1).max(limits.nameLength.value))
    .min(1)
    .max(mostEmployees)
    .refine((users) => new Set(users).size === users.length, { message: 'each employee once' })
    .describe('WeCom’s user ids of whom it leads to; a customer gets one of them'),
  skipVerify: z.boolean().default(true).describe('Whether customers are friends at once, without a yes'),
}

/** PUT /wecom/ways/:way; the source stays, as friends are counted by it. */
export const wayChange = z.strictObject(fields)
export type WayChange = z.output<typeof wayChange>

/** POST /wecom/ways */
export const wayDraft = z.strictObject({
  ...fields,
  state: waySource.describe('The source: `state` of `wecom_friend_added`'),
})
export type WayDraft = z.output<typeof wayDraft>

/** A QR code by which customers add employees of the corp's. */
export const contactWay = z.object({
  id: z.int(),
  name: z.string(),
  state: z.string(),
  employees: z.array(
    z.object({ user: z.string(), name: z.string().nullable().describe('null: not listed among the staff') }),
  ),
  skipVerify: z.boolean(),
  made: z.boolean().describe('false: its answer was lost, and nobody knows whether WeCom has made it'),
  picture: z
    .object({ key: z.string(), path: z.string() })
    .nullable()
    .describe('The QR code among the pictures; null: it could not be fetched, or was taken away'),
  friends: z.int().describe('Customers who have come by it'),
  still: z.int().describe('Those of them who are friends today'),
  madeAt: z.int(),
})
export type ContactWay = z.infer<typeof contactWay>

/** GET /wecom/ways: the newest first */
export const contactWays = z.object({ ways: z.array(contactWay) })
