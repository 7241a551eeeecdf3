import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { isGone } from './mail-reports.ts'
import { type Receipt, type ReceiptCall, receiptSchema } from './receipts.ts'
import { readJson } from './signed-post.ts'

// SendGrid's Event Webhook: a list of events, signed by ECDSA over timestamp and body.
// www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
// www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features

const signatureHeader = 'x-twilio-email-event-webhook-signature'
const timestampHeader = 'x-twilio-email-event-webhook-timestamp'

/** SendGrid goes on trying for a day; what it repeats is known by its id. */
const toleranceMs = 25 * 3_600_000

export interface SendgridCall {
  /** The verification key, as SendGrid shows it. */
  readonly key: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body as it came: the signature is over it. */
  readonly body: string
  readonly now: number
}

function checkEvents({ key, headers, body, now }: SendgridCall): void {
  const { [signatureHeader]: signature, [timestampHeader]: timestamp } = headers
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp))
    throw new Problem('signature-invalid')
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
  const signed = Buffer.from(timestamp + body)
  if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64')))
    throw new Problem('signature-invalid')
  if (Math.abs(now - Number(timestamp) * 1000) > toleranceMs) throw new Problem('signature-expired')
}

/** What is read of an event; the others of its fields are SendGrid's own. */
const event = z.looseObject({
  event: z.string().max(100),
  sg_event_id: z.string().min(1).max(180),
  email: z.string().max(320).optional(),
  timestamp: z.int().min(0),
  /** The Message-ID that the mail had as it was handed over. */
  'smtp-id': z.string().max(200).optional(),
  type: z.string().max(100).optional(),
  status: z.string().max(100).optional(),
  reason: z.string().optional(),
  url: z.string().max(10_000).optional(),
  /** Opened by a machine such as Apple's, and by nobody. */
  sg_machine_open: z.boolean().optional(),
})
type SendgridEvent = z.output<typeof event>

type Told = Pick<Receipt, 'type' | 'bounce' | 'text'>

const because = ({ reason }: SendgridEvent) => (reason === undefined ? {} : { text: reason.slice(0, 1000) })

/** What each event tells; those that are not here tell nothing of what became of a message. */
const tells: Readonly<Record<string, (one: SendgridEvent) => Told | null>> = {
  delivered: () => ({ type: 'delivered' }),
  // A block is of the moment; a bounce is for good, unless its status says that the mailbox is there.
  bounce: (one) => ({
    type: 'bounced',
    bounce: one.type !== 'blocked' && (one.status === undefined || isGone(one.status)) ? 'hard' : 'soft',
    ...because(one),
  }),
  // It was not tried: SendGrid has kept the address from before. What it is kept for was told then.
  dropped: (one) => ({ type: 'failed', ...because(one) }),
  open: ({ sg_machine_open: machine }) => (machine === true ? null : { type: 'opened' }),
  click: ({ url }) => ({ type: 'clicked', ...(url !== undefined && { text: url }) }),
  spamreport: () => ({ type: 'complained' }),
  unsubscribe: () => ({ type: 'unsubscribed' }),
  group_unsubscribe: () => ({ type: 'unsubscribed' }),
}

const ofAddress: ReadonlySet<string> = new Set(['bounced', 'complained', 'unsubscribed'])

function receiptOf(one: SendgridEvent): Receipt | null {
  const told = Object.hasOwn(tells, one.event) ? tells[one.event]?.(one) : null
  const { email, 'smtp-id': providerId } = one
  if (told === null || told === undefined) return null
  const receipt = receiptSchema.safeParse({
    id: `sendgrid-${one.sg_event_id}`,
    ...told,
    ...(providerId !== undefined && { providerId }),
    ...(email !== undefined && ofAddress.has(told.type) && { from: email }),
    at: one.timestamp * 1000,
  })
  // What names neither a message nor an address is nobody's.
  return receipt.data ?? null
}

/**
 * The reports in a call of SendGrid's. One that cannot be read costs none of the others. Throws Problem
 * `signature-invalid`, `signature-expired`, or `invalid-request` where the whole is no list.
 */
export function readSendgrid(request: SendgridCall): ReceiptCall {
  checkEvents(request)
  const list = z.array(z.unknown()).max(limits.receiptsAtOnce.value).safeParse(readJson(request.body))
  if (!list.success) throw new Problem('invalid-request', { detail: 'not a list of events' })
  const receipts: Receipt[] = []
  let fault: Problem | null = null
  for (const [index, raw] of list.data.entries()) {
    const read = event.safeParse(raw)
    const [issue] = read.error?.issues ?? []
    if (!read.success)
      fault ??= new Problem(
        'invalid-request',
        { detail: issue?.message ?? 'not an event' },
        [index, ...(issue?.path ?? [])].join('.'),
      )
    const receipt = read.success ? receiptOf(read.data) : null
    if (receipt !== null) receipts.push(receipt)
  }
  return { receipts, fault }
}
