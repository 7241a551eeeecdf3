import { z } from 'zod'
import { limits } from '../limits.ts'
import { defineChannel } from './definition.ts'
import { allowPrivate, dkimSelector, hostName, mailDomain, secret } from './fields.ts'
import { parseMailbox } from './mailbox.ts'
import { nowhere, smtpOrigin } from './origin.ts'

/** The key by which SendGrid's events are verified, as its settings show it: a public key on P-256, in base64. */
export const sendgridKey = z
  .string()
  .trim()
  .regex(
    /^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE[A-Za-z0-9+/]{86}==$/,
    'the verification key of SendGrid’s Event Webhook',
  )

export const email = defineChannel({
  id: 'email',
  name: { 'zh-CN': '邮件', en: 'E-mail' },
  content: 'email',
  attachments: [],
  address: 'email',
  consent: 'email',
  receipts: ['delivered', 'failed', 'opened', 'clicked', 'replied', 'blocked', 'complained', 'unsubscribed'],
  priceUnit: 'message',
  priceMilli: 2,
  settings: {
    schema: z.strictObject({
      host: hostName,
      port: z.int().min(1).max(65_535),
      user: z.string().min(1).max(limits.addressLength.value).optional(),
      /** `name@domain` or `Name <name@domain>`. */
      from: z
        .string()
        .max(400)
        .refine((value) => parseMailbox(value) !== null, { message: 'an address, or a name and <address>' }),
      password: z.string().min(1).max(limits.secretLength.value).optional(),
      /** TLS from the first byte (port 465); otherwise STARTTLS is used where the server offers it. */
      secure: z.boolean(),
      /** Lets the password travel without TLS; only for a relay on a network of one's own. */
      allowPlaintext: z.boolean().default(false),
      allowPrivate,
      /** Whoever hears of bounces, complaints and replies signs with it what is reported of them. */
      secret: secret.optional(),
      /** Mail is signed for this domain (DKIM, RFC 6376) by this key of its, where all three are there. */
      dkimDomain: mailDomain.optional(),
      dkimSelector: dkimSelector.optional(),
      /** The private key: PEM, or the base64 within it. */
      dkimKey: z.string().min(1).max(limits.keyLength.value).optional(),
      /** Where SendGrid delivers: it reports bounces, complaints and opt-outs signed by this key. */
      sendgridKey: sendgridKey.optional(),
    }),
    secrets: { password: smtpOrigin, secret: nowhere, dkimKey: nowhere },
    absent: {
      'zh-CN': '邮件还没有设置：请在设置里填写 SMTP 服务器和发件人',
      en: 'E-mail is not set up: enter the SMTP server and the sender in the settings',
    },
  },
})
