import { z } from 'zod'
import { renderedAttachments } from '../channels/index.ts'
import { chosenContents } from '../contents/choose.ts'
import { passedOver } from '../effects/send.ts'
import { limits } from '../limits.ts'
import { pickedGoods } from '../picks/pick.ts'
import { writtenText } from '../text.ts'
import { eventAnswer } from './events.ts'

/** GET /messages?status=&channel=&journey=&customer=&before=&limit= : newest first. */
export const messageQuery = z.object({
  status: z.enum(['queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'held']).optional(),
  channel: z.string().optional(),
  journey: z.string().optional(),
  customer: z.string().optional(),
  before: z.coerce.number().int().optional().describe('The id of the last message of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
/** A message as a file of them tells it, too. */
export const messageRow = z.object({
  id: z.int(),
  customerId: z.string(),
  customerName: z.string().nullable(),
  journeyId: z.string(),
  journeyName: writtenText.nullable(),
  node: z.string(),
  nodeName: writtenText.nullable().describe('As the version that sent it has it'),
  channel: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  attachments: renderedAttachments.describe('Pictures and cards that go with it'),
  status: z.string(),
  createdAt: z.int(),
  sentAt: z.int().nullable(),
  parts: z.int(),
  costMilli: z.int(),
  model: z.string().nullable(),
  error: z.string().nullable(),
  passed: z
    .array(passedOver)
    .describe(
      'Of a message with fallbacks: the channels that do not carry it, each with its gate or what became of the try',
    ),
  receipts: z.array(z.object({ kind: z.string(), at: z.int() })),
})
export type MessageRow = z.infer<typeof messageRow>

/** What a message showed of the library and of the brand's products, each with why, as its step wrote it down. */
export const messageShown = z.object({
  contents: chosenContents.describe('Which variant of which content'),
  picked: pickedGoods.describe('Products that it could show'),
})
export type MessageShown = z.infer<typeof messageShown>

/** A short link of a message, and how often it was pressed. */
const messageLink = z.object({
  target: z.string(),
  clicks: z.int().describe('By people'),
  robots: z.int().describe('By programs that look at links'),
})

export const messageSummary = messageRow.extend({ shown: messageShown, links: z.array(messageLink) })
export type MessageSummary = z.infer<typeof messageSummary>
export const messageList = z.object({
  messages: z.array(messageSummary),
  counts: z.record(z.string(), z.int()).describe('By status'),
  next: z.int().nullable(),
})

/** GET /messages/:id */
export const messageAnswer = z.object({ message: messageSummary })

/**
 * POST /hooks/:brand/:channel (outside /api): reports that a provider signs. `kept` name a provider's id that
 * no message bears yet: they wait a week for the message that will. `ignored` name nobody we know. A reply that
 * names no message is taken as one to the last message that went to its address.
 */
export const receiptsAnswer = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  kept: z.int(),
  ignored: z.int(),
  answers: z.array(eventAnswer).optional().describe('Of those that were refused, where there are any'),
})

/** GET /reports/journeys/:id : the goal against the control group, by version and in all. */
export const arm = z.object({ members: z.int(), converted: z.int(), value: z.int(), rate: z.number() })
export const reportAnswer = z.object({
  journeyId: z.string(),
  name: writtenText,
  currency: z.string(),
  entered: z.int(),
  ended: z.int(),
  sent: z.int(),
  costMilli: z.int(),
  goals: z.array(
    z.object({
      goal: z.string(),
      name: writtenText,
      treated: arm,
      control: arm,
      /** Difference of the rates with its 95% interval (Newcombe), null without a control group. */
      uplift: z
        .object({ difference: z.number(), low: z.number(), high: z.number(), pValue: z.number() })
        .nullable(),
    }),
  ),
  byDay: z.array(z.object({ date: z.string(), entered: z.int(), sent: z.int(), converted: z.int() })),
  byChannel: z.array(
    z.object({
      channel: z.string(),
      sent: z.int(),
      delivered: z.int(),
      opened: z.int(),
      clicked: z.int(),
      failed: z.int(),
      unknown: z.int(),
      costMilli: z.int(),
    }),
  ),
  endings: z.record(z.string(), z.int()),
})
export type ReportAnswer = z.infer<typeof reportAnswer>
