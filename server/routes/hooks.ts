import { z } from 'zod'
import { receiptsAnswer } from '../../shared/api/messages.ts'
import type { Properties } from '../../shared/conditions/customer.ts'
import { Problem } from '../../shared/errors/index.ts'
import { keptKindOf } from '../../shared/message/standing.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import type { Receipt } from '../channels/receipts.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { IncomingEvent } from '../ports/events.ts'
import { bearerOf } from '../store/sqlite/customers/addresses.ts'
import { addressReporter } from '../store/sqlite/messages/address-reports.ts'
import { messageNamed } from '../store/sqlite/messages/list.ts'
import { earlyReceipts } from '../store/sqlite/messages/receipts-early.ts'
import { readMeta, settingsKeys } from '../store/sqlite/settings/meta.ts'
import type { RouteContext } from './context.ts'

const secrets = z.record(z.string(), z.looseObject({ secret: z.string().optional() }))

/** The secret that a channel's provider signs with; Problem `channel-absent` where none is set. */
function secretOf({ db }: BrandRuntime, channel: string): string {
  const secret = secrets.parse(readMeta(db, settingsKeys.channels) ?? {})[channel]?.secret
  if (secret === undefined) throw new Problem('channel-absent', { channel }, 'channel')
  return secret
}

/** The event that each kind of report is; a bounce and an address that is none are failures. */
const eventNames = {
  delivered: 'message_delivered',
  opened: 'message_opened',
  clicked: 'message_clicked',
  failed: 'message_failed',
  replied: 'message_replied',
  bounced: 'message_failed',
  blocked: 'message_blocked',
  complained: 'message_complained',
  unsubscribed: 'message_unsubscribed',
  invalid: 'message_failed',
} as const satisfies Record<Receipt['type'], string>

function failureOf({ type, bounce }: Receipt): string | null {
  if (type === 'bounced') return `${bounce}_bounce`
  return type === 'invalid' ? 'invalid' : null
}

/** A report as the event that it is; its customer is null where it names nobody we know. */
function eventOf({ db, now }: BrandRuntime, channel: string, receipt: Receipt) {
  const { id, type, messageId, providerId, from, text, at } = receipt
  const message = messageNamed(db, { id: messageId, providerId, channel })
  const customerId = message?.customerId ?? (from === undefined ? null : bearerOf(db, from, channel))
  const failure = failureOf(receipt)
  const properties: Properties = {
    ...(message !== null && {
      message_id: String(message.id),
      journey_id: message.journeyId,
      enrollment_id: message.enrollmentId,
      node: message.node,
    }),
    ...(providerId !== undefined && { provider_id: providerId }),
    ...(from !== undefined && { from }),
    ...(failure !== null && { failure }),
    ...(text !== undefined && { [type === 'replied' || type === 'clicked' ? 'text' : 'detail']: text }),
    channel,
  }
  const name = eventNames[type]
  return { customerId, event: { id: `${channel}:${id}`, name, at: at ?? now(), amount: null, properties } }
}

/** What a call's reports are: events of customers, or too early to be anybody's yet, or of an address alone. */
function sorted(runtime: BrandRuntime, channel: string, receipts: readonly Receipt[]) {
  const early = earlyReceipts(runtime.db)
  const reportAddress = addressReporter(runtime.db)
  const events: IncomingEvent[] = []
  let kept = 0
  for (const receipt of receipts) {
    const { customerId, event } = eventOf(runtime, channel, receipt)
    const { messageId, providerId, from } = receipt
    if (customerId !== null) events.push({ customerId, event })
    else if (from !== undefined && keptKindOf(channel) !== 'customer') {
      // Nobody bears it yet; whoever will, inherits what it has said.
      const { text = null } = receipt
      const { name, at } = event
      reportAddress({ name, channel, address: from, customerId, text, failure: failureOf(receipt), at })
      kept += 1
    } else if (messageId === undefined && providerId !== undefined) {
      early.keep({ ...event, providerId, channel, customerId }, runtime.now())
      kept += 1
    }
  }
  return { events, kept, ignored: receipts.length - events.length - kept }
}

/** Signed calls of providers. The signature is over the body as it comes, so it is not read before. */
export async function hookRoutes(app: App, context: RouteContext): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.post(
    '/hooks/:brand/:channel',
    {
      config: { open: true, anyOrigin: true },
      bodyLimit: 4 * 1_048_576,
      schema: {
        summary: 'Receipts and replies of a provider',
        description:
          'Signed with the secret of the channel as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, ' +
          '`webhook-signature`; a secret is `whsec_` and base64, or any text, which then is the key itself). One report ' +
          'or a list of up to a thousand; a report whose `id` was taken before counts as a duplicate, so that a call may ' +
          'be tried again. Deprecated, and still believed: `x-magpie-timestamp` (ms), `x-magpie-nonce` and ' +
          '`x-magpie-signature`, `v1=` and the HMAC-SHA256 in hex of `timestamp.nonce.body`.',
        tags: ['events'],
        params: brandParams.extend({ channel: z.string() }),
        body: z.string().describe('The reports as JSON'),
        response: { 200: receiptsAnswer },
        problems: ['not-found', 'signature-invalid', 'signature-expired', 'channel-absent', 'body-too-large'],
      },
    },
    async ({ params, body, headers }) => {
      const runtime = brandOf(context, params.brand)
      const secret = secretOf(runtime, params.channel)
      const receipts = context.channelKit.readReceipts({ secret, headers, body, now: Date.now() })
      const { events, kept, ignored } = sorted(runtime, params.channel, receipts)
      if (events.length === 0) return { accepted: 0, duplicates: 0, refused: 0, kept, ignored }
      const { accepted, duplicates, refused } = await runtime.ingest(events)
      return { accepted, duplicates, refused, kept, ignored }
    },
  )
}
