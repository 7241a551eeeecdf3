import type { EventAnswer } from '../../shared/api/events.ts'
import { canonicalOrNull } from '../../shared/channels/address/canonical.ts'
import { sendgridKey } from '../../shared/channels/email.ts'
import { secret } from '../../shared/channels/fields.ts'
import type { Properties } from '../../shared/conditions/customer.ts'
import { errors, fill, Problem } from '../../shared/errors/index.ts'
import { reportTimeFault } from '../../shared/message/report-time.ts'
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

/** The key that SendGrid's events are verified by; Problem `channel-absent` where none is set. */
export async function sendgridKeyOf({ stores }: MessageDesk): Promise<string> {
  const { email: settings = {} } = await stores.settings.channels()
  const { success, data } = sendgridKey.safeParse(settings.sendgridKey)
  if (!success) throw new Problem('channel-absent', { channel: 'email' }, 'sendgridKey')
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

/** That a report cannot have happened when it says; null where it can. */
function untimely({ id, at }: Receipt, message: NamedMessage | null, now: number, index: number) {
  const why = at === undefined ? null : reportTimeFault(at, now, message?.createdAt ?? null)
  if (at === undefined || why === null) return null
  const { message: words, mend } = errors['report-time']
  const told = { id, at: new Date(at).toISOString() }
  const said = {
    'zh-CN': fill(words['zh-CN'], { ...told, why: why['zh-CN'] }),
    en: fill(words.en, { ...told, why: why.en }),
  }
  return { index, id, status: 'refused', code: 'report-time', message: said, mend } as const
}

export interface TakenReports extends Omit<TakenEvents, 'outcomes'> {
  readonly kept: number
  readonly ignored: number
  readonly answers?: EventAnswer[]
}

/**
 * Takes in what a channel's provider reports: as events of customers; what is too early to be anybody's, or of an
 * address alone, is kept. One that cannot have happened when it says is refused, and costs none of the others.
 */
export async function takeReports(
  desk: MessageDesk,
  channel: string,
  receipts: readonly Receipt[],
): Promise<TakenReports> {
  const events: IncomingEvent[] = []
  const early: EarlyReceipt[] = []
  const ofAddresses: AddressReport[] = []
  const answers: EventAnswer[] = []
  for (const [index, { receipt, message, customerId }] of (await placed(desk, channel, receipts)).entries()) {
    const wrong = untimely(receipt, message, desk.now(), index)
    if (wrong !== null) {
      answers.push(wrong)
      continue
    }
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
  const ignored = receipts.length - events.length - kept - answers.length
  const taken = { accepted, duplicates, refused: refused + answers.length, kept, ignored }
  return answers.length === 0 ? taken : { ...taken, answers }
}
