import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import type { Headers } from './earlier-signature.ts'
import { defaultToleranceMs, verifySignature } from './signature.ts'
import { readJson } from './signed-post.ts'

const id = z.string().trim().min(1).max(200)

/** Epoch milliseconds, or an ISO time with its offset. */
const moment = z.union([
  z.int().min(0).max(8_640_000_000_000_000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
])

/** What is told of an address, which may be named in place of a message. */
const ofAddresses: ReadonlySet<string> = new Set([
  'replied',
  'bounced',
  'blocked',
  'complained',
  'unsubscribed',
  'invalid',
])

/**
 * What a provider tells us by webhook, in Magpie's own words. `id` is the report's own, by which a repeated
 * report is known. A reply names its sender; every other report names the message, by our id or by theirs, or,
 * where it is of an address (a bounce, a complaint, a block, an opt-out), that address.
 */
export const receiptSchema = z
  .strictObject({
    id,
    type: z.enum([
      'delivered',
      'opened',
      'clicked',
      'failed',
      'replied',
      'bounced',
      'blocked',
      'complained',
      'unsubscribed',
      'invalid',
    ]),
    /** Of a bounce: whether the mailbox is gone for good, or only full or busy. */
    bounce: z.enum(['hard', 'soft']).optional(),
    messageId: id.optional(),
    providerId: id.optional(),
    /** The address a reply came from, or that a report is of. */
    from: z.string().trim().min(1).max(320).optional(),
    /** A reply's words, a clicked link, or why it failed. */
    text: z.string().max(10_000).optional(),
    at: moment.optional(),
  })
  .superRefine((receipt, context) => {
    const named = receipt.messageId !== undefined || receipt.providerId !== undefined
    const addressed = ofAddresses.has(receipt.type) && receipt.from !== undefined
    if (receipt.type !== 'replied' && !named && !addressed) {
      context.addIssue({ code: 'custom', path: ['messageId'], message: 'messageId or providerId is needed' })
    }
    if ((receipt.type === 'bounced') !== (receipt.bounce !== undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['bounce'],
        message: 'a bounce is hard or soft, and nothing else is',
      })
    }
    if (receipt.type === 'replied' && (receipt.from === undefined || receipt.text === undefined)) {
      const path = [receipt.from === undefined ? 'from' : 'text']
      context.addIssue({ code: 'custom', path, message: 'a reply needs from and text' })
    }
  })

export type Receipt = z.infer<typeof receiptSchema>

export interface ReceiptRequest {
  secret: string
  headers: Headers
  /** The body as it came, byte for byte: the signature is over it. */
  body: string
  now: number
  toleranceMs?: number
}

/**
 * The reports of a signed webhook call, one or a list of up to a thousand, for the caller to store.
 * Throws Problem `signature-invalid`, `signature-expired` or `invalid-request`, with the place of the first fault.
 */
export function readReceipts(request: ReceiptRequest): Receipt[] {
  const { secret, headers, body, now } = request
  const verdict = verifySignature(secret, headers, body, now, request.toleranceMs ?? defaultToleranceMs)
  if (!verdict.ok) throw new Problem(verdict.reason === 'expired' ? 'signature-expired' : 'signature-invalid')
  const raw = readJson(body)
  const parsed = Array.isArray(raw)
    ? z.array(receiptSchema).min(1).max(1000).safeParse(raw)
    : z.tuple([receiptSchema]).safeParse([raw])
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = Array.isArray(raw) ? issue?.path : issue?.path.slice(1)
  throw new Problem('invalid-request', { detail: issue?.message ?? 'not a receipt' }, path?.join('.'))
}
