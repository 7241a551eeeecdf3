import { canonicalOrNull } from '../../shared/channels/address/canonical.ts'
import { secret } from '../../shared/channels/fields.ts'
import type { Properties } from '../../shared/conditions/customer.ts'
import { Problem } from '../../shared/errors/index.ts'
import { keptKindOf } from '../../shared/message/standing.ts'
import type { Receipt } from '../channels/receipts.ts'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { AddressReport, EarlyReceipt, NamedMessage } from '../ports/receipts.ts'
import type { MessageDesk } from './messages.ts'

/** The secret that a channel's provider signs with; Problem `channel-absent` where none is set. */
export async function hookSecret({ stores }: MessageDesk, channel: string): Promise<string> {
  const { [channel]: settings = {} } = await stores.settings.channels()
  const { success, data } = secret.safeParse(settings.secret)
  if (!success) throw new Problem('channel-absent', { channel }, 'channel')
  return data
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

/** A report as the event that it is. */
function eventOf(receipt: Receipt, message: NamedMessage | null, channel: string, now: number) {
  const { id, type, providerId, from, text, at = now } = receipt
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
  return { id: `${channel}:${id}`, name: eventNames[type], at, amount: null, properties }
}

/** Whose each report is: the message's customer, else who bears the address that it names. */
async function placed({ stores }: MessageDesk, channel: string, receipts: readonly Receipt[]) {
  const names = receipts.map(({ messageId, providerId }) => ({ id: messageId, providerId, channel }))
  const messages = await stores.receipts.named(names)
  const told = receipts.flatMap(({ from }) => (from === undefined ? [] : [from]))
  const known = await stores.receipts.bearers(told.map((address) => ({ address, channel })))
  const bearers = new Map(told.map((address, index) => [address, known[index] ?? null]))
  return receipts.map((receipt, index) => {
    const message = messages[index] ?? null
    const bearer = receipt.from === undefined ? null : (bearers.get(receipt.from) ?? null)
    return { receipt, message, customerId: message?.customerId ?? bearer }
  })
}

/** Whether an address can be one that a channel writes to; of channels that write to a customer's id none is. */
function isAddressOn(channel: string, address: string): boolean {
  const kind = keptKindOf(channel)
  return kind !== 'customer' && canonicalOrNull(kind, address) !== null
}

/**
 * Takes in what a channel's provider reports: as events of customers; what is too early to be anybody's, or of an
 * address alone, is kept.
 */
export async function takeReports(
  desk: MessageDesk,
  channel: string,
  receipts: readonly Receipt[],
): Promise<Omit<TakenEvents, 'outcomes'> & { readonly kept: number; readonly ignored: number }> {
  const events: IncomingEvent[] = []
  const early: EarlyReceipt[] = []
  const ofAddresses: AddressReport[] = []
  for (const { receipt, message, customerId } of await placed(desk, channel, receipts)) {
    const event = eventOf(receipt, message, channel, desk.now())
    const { messageId, providerId, from, text = null } = receipt
    const { name, at } = event
    if (customerId !== null) events.push({ customerId, event })
    else if (from !== undefined && isAddressOn(channel, from))
      // Nobody bears it yet; whoever will, inherits what it has said.
      ofAddresses.push({ name, channel, address: from, customerId, text, failure: failureOf(receipt), at })
    else if (messageId === undefined && providerId !== undefined)
      early.push({ ...event, providerId, channel, customerId })
  }
  await desk.stores.receipts.keep({ early, ofAddresses }, desk.now())
  const kept = early.length + ofAddresses.length
  const { accepted, duplicates, refused } = await desk.ingest(events)
  return { accepted, duplicates, refused, kept, ignored: receipts.length - events.length - kept }
}
