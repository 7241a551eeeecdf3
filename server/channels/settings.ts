import { z } from 'zod'
import { parseMailbox } from '../../shared/channels/mailbox.ts'

const secret = z.string().min(16, 'at least 16 characters').max(500)

const httpUrl = z.url({ protocol: /^https?$/ }).max(2000)

export const emailSettings = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte (port 465); otherwise STARTTLS is used where the server offers it. */
  secure: z.boolean(),
  user: z.string().min(1).max(320).optional(),
  password: z.string().min(1).max(500).optional(),
  /** `name@domain` or `Name <name@domain>`. */
  from: z
    .string()
    .max(400)
    .refine((value) => parseMailbox(value) !== null, { message: 'an address, or a name and <address>' }),
  /** Lets the password travel without TLS; only for a relay on a network of one's own. */
  allowPlaintext: z.boolean().default(false),
})

export const smsSettings = z.strictObject({
  url: httpUrl,
  secret,
  /** The brand's registered signature, without its brackets. */
  signature: z.string().trim().min(1).max(40).optional(),
  allowPrivate: z.boolean().default(false),
})

export const webhookSettings = z.strictObject({
  secret,
  /** Lets webhooks reach addresses that are not public. */
  allowPrivate: z.boolean().default(false),
})

/** What each channel needs; a channel whose settings are missing is absent. */
export const channelSettings = z.strictObject({
  email: emailSettings.optional(),
  sms: smsSettings.optional(),
  webhook: webhookSettings.optional(),
})

export type EmailSettings = z.infer<typeof emailSettings>
export type SmsSettings = z.infer<typeof smsSettings>
export type WebhookSettings = z.infer<typeof webhookSettings>
export type ChannelSettings = z.infer<typeof channelSettings>
export type ChannelSettingsInput = z.input<typeof channelSettings>
