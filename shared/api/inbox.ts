import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'

/** Which messages to list: of one customer or of everyone, delivered after an instant (epoch ms). */
export const inboxQuery = z.object({
  customer: z.string().min(1).optional(),
  after: z.coerce.number().int().optional(),
})
export type InboxQuery = z.infer<typeof inboxQuery>

/** One message as a phone shows it. `text` is the body in plain words, `html` that of an e-mail. */
export const inboxMessage = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string().nullable(),
  channel: z.string().describe('The id of the channel: sms, email, in_app, ...'),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  attachments: renderedAttachments.describe('Pictures and cards that came with it'),
  at: z.int().describe('Epoch ms on the clock of the brand'),
  direction: z.enum(['out', 'in']).describe('out: to the customer; in: the reply of the customer'),
  journeyId: z.string().nullable(),
  node: z.string().nullable(),
})
export type InboxMessage = z.infer<typeof inboxMessage>

/** The newest messages that answer the query, at most 200, oldest first. */
export const inboxAnswer = z.object({ messages: z.array(inboxMessage) })

/** What a customer answers to a message, on the channel of that message. */
export const inboxReply = z.strictObject({
  customerId: z.string().min(1),
  messageId: z.string().min(1),
  text: z.string().trim().min(1).max(1000),
})

/** The reply as it was taken in. */
export const inboxReplyAnswer = z.object({ message: inboxMessage })
