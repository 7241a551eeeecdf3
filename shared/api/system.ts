import { z } from 'zod'
import { writtenText } from '../text.ts'
import { clockAnswer } from './clock.ts'

/** A brand of the installation. `demo` is always a sandbox, `own` the first that holds own data. */
export const brandId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens')
export type BrandId = z.infer<typeof brandId>

const brandSummary = z.object({
  id: brandId,
  name: writtenText,
  sandbox: z.boolean().describe('Virtual clock, and every channel delivers into the on-screen phone'),
  zone: z.string().describe('IANA time zone, Asia/Shanghai unless changed'),
  currency: z.string().length(3).describe('ISO 4217; money is in its minor units'),
})
export type BrandSummary = z.infer<typeof brandSummary>

/** What an installation is; answered without a session too. */
export const systemAnswer = z.object({
  mode: z.enum(['sandbox', 'live']),
  brands: z.array(brandSummary).min(1),
  login: z.boolean().describe('A password is set: whoever is in can log out'),
  loginRequired: z.boolean().describe('This caller must log in before anything else is answered'),
  staff: z
    .object({ id: z.string(), name: z.string(), brand: brandId })
    .nullable()
    .describe('The member of staff who is logged in; null: somebody who may see all'),
  ai: z.object({ configured: z.boolean(), model: z.string().nullable() }),
})
export type SystemAnswer = z.infer<typeof systemAnswer>

/** Body of POST /api/v1/session. The answer is 204 and a session cookie; a wrong password is a 401. */
export const sessionOpen = z.strictObject({
  password: z.string().min(1).max(200),
  staff: z
    .strictObject({ brand: brandId, id: z.string().trim().min(1).max(64).describe('The staff number') })
    .optional()
    .describe('Left out: whoever has the installation’s password'),
})

/** GET /api/v1/sessions: who is logged in, the newest first. */
export const sessionList = z.object({
  sessions: z.array(
    z.object({
      id: z.string().describe('By which it is ended; of no use for coming in'),
      current: z.boolean().describe('The one by which this is asked'),
      openedAt: z.int().nullable(),
      seenAt: z.int().nullable().describe('Last used, as noted every few minutes'),
      endsAt: z.int(),
      address: z.string().nullable(),
      agent: z.string().nullable().describe('The browser or program, as it called itself'),
    }),
  ),
})
export type SessionList = z.infer<typeof sessionList>

/** DELETE /api/v1/sessions */
export const sessionsEnd = z.object({
  keep: z.enum(['none', 'current']).default('none').describe('current: this caller stays logged in'),
})

/** One message of the stream of a brand, sent as the data of a server-sent event without a name. */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('clock'), clock: clockAnswer }),
  z.looseObject({ type: z.literal('figures'), journeyId: z.string() }),
  z.object({ type: z.literal('inbox'), added: z.int().min(1).describe('Messages new since the last word') }),
])
export type StreamMessage = z.infer<typeof streamMessage>
