import { z } from 'zod'
import { dkimSelector, mailDomain } from '../channels/fields.ts'

/** POST /settings/channels/email/dkim */
export const dkimMake = z.strictObject({ domain: mailDomain, selector: dkimSelector })

/** GET and POST /settings/channels/email/dkim: the record to publish; the private key is told to nobody. */
export const dkimAnswer = z.object({
  record: z
    .object({ name: z.string(), type: z.literal('TXT'), value: z.string() })
    .nullable()
    .describe('null: mail is not signed'),
})

/** POST /settings/channels/email/dkim/check */
export const dkimCheck = z.object({
  state: z
    .enum(['found', 'differs', 'missing', 'unreachable'])
    .describe('differs: another key is published there; unreachable: no name server could say'),
})
