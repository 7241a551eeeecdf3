import { z } from 'zod'
import { limits } from '../limits.ts'
import { withoutNulls } from './properties.ts'

/** As a browser writes where a page is from: a scheme, a host and perhaps a port. */
const origin = z
  .string()
  .trim()
  .max(300)
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'the address of a site, such as https://shop.example',
  )
  .transform((text) => new URL(text).origin)

/** POST /tracking/keys */
export const trackingKeyMake = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength.value),
  origins: z.array(origin).min(1).max(limits.trackingOrigins.value).describe('The sites that may use it'),
})

export const trackingKey = z.object({
  id: z.string().describe('The key itself: no secret, it stands in the page'),
  name: z.string(),
  origins: z.array(z.string()),
  madeAt: z.int(),
  revokedAt: z.int().nullable(),
})
export type TrackingKey = z.infer<typeof trackingKey>

const visit = z.object({
  visitor: z.string(),
  name: z.string(),
  at: z.int(),
  page: z.string().nullable(),
})
/** GET /tracking */
export const trackingAnswer = z.object({
  keys: z.array(trackingKey),
  recent: z.array(visit).describe('The last events of visitors whom nobody knows yet'),
})
export type Visit = z.infer<typeof visit>

/** GET /tracking/keys/:id/secret */
export const identifySecret = z.object({ secret: z.string() })

const short = z.string().min(1).max(100)
const told = z.strictObject({
  id: short.describe('One for each event, by which it counts once'),
  name: z.string().min(1).max(limits.nameLength.value),
  ago: z
    .number()
    .min(0)
    .catch(0)
    .describe('How many milliseconds ago it happened: clocks of browsers are not believed'),
  properties: z.record(z.string().max(limits.nameLength.value), z.json()).default({}),
})

/** By what key something is told. */
export const collectKey = z.object({ key: short })

/** POST /collect */
export const collectRequest = z.strictObject({
  key: short,
  visitor: z.string().regex(/^[0-9a-f-]{16,64}$/, '16 to 64 of 0-9, a-f and -'),
  events: z.array(told).max(limits.collectEvents.value).default([]),
  identify: z
    .strictObject({ id: z.string().min(1).max(limits.idLength.value), signature: z.string().max(200) })
    .optional(),
})
export type Collected = z.output<typeof collectRequest>
export const collectedProperties = withoutNulls
