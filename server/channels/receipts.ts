import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
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

/** What a call brings. */
export interface ReceiptCall {
  readonly receipts: readonly Receipt[]
  /** Problem `invalid-request` with the place of the first fault; null where there is none. */
  readonly fault: Problem | null
}

/** As many reports as one call may bring. */
const mostReports = limits.receiptsAtOnce.value

function faultOf(issue: z.core.$ZodIssue | undefined, place: readonly PropertyKey[]): Problem {
  const path = [...place, ...(issue?.path ?? [])].join('.')
  return new Problem('invalid-request', { detail: issue?.message ?? 'not a receipt' }, path)
}

/** Throws Problem `signature-invalid` or `signature-expired`. */
export function checkSigned({ secret, headers, body, now, toleranceMs }: ReceiptRequest): void {
  const verdict = verifySignature(secret, headers, body, now, toleranceMs ?? defaultToleranceMs)
  if (!verdict.ok) throw new Problem(verdict.reason === 'expired' ? 'signature-expired' : 'signature-invalid')
}

/**
 * The reports of a signed webhook call, one or a list of up to a thousand, for the caller to store. One that cannot
 * be read costs none of the others: an opt-out among them must not wait until somebody has mended it.
 * Throws Problem `signature-invalid`, `signature-expired`, or `invalid-request` where the whole is no list of reports.
 */
export function readReceipts(request: ReceiptRequest): ReceiptCall {
  checkSigned(request)
  const raw = readJson(request.body)
  const list = Array.isArray(raw) ? z.array(z.unknown()).min(1).max(mostReports).safeParse(raw) : null
  if (list?.success === false) throw faultOf(list.error.issues[0], [])
  const receipts: Receipt[] = []
  let fault: Problem | null = null
  for (const [index, one] of (list?.data ?? [raw]).entries()) {
    const read = receiptSchema.safeParse(one)
    if (read.success) receipts.push(read.data)
    else fault ??= faultOf(read.error.issues[0], list === null ? [] : [index])
  }
  return { receipts, fault }
}
