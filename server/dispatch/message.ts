import type { BrandId } from '../../shared/api/system.ts'
import { channelOf, withHost } from '../../shared/channels/index.ts'
import { ownZone } from '../../shared/conditions/own-day.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { languageOf } from '../../shared/message/compose.ts'
import { askGates } from '../../shared/message/gates.ts'
import { frameOf, mailOf } from '../../shared/message/html.ts'
import type { OutboundMessage } from '../channels/channel.ts'
import type { ClaimedMessage, Verdict } from '../ports/dispatch.ts'
import { addressMark, signOpen, signUnsubscribe } from './links.ts'

/** What every message of a brand is dressed with. */
export interface Dressing {
  readonly brandId: BrandId
  readonly brand: Brand
  /** Of the installation: stands before each idempotency key. */
  readonly publicId: string
  readonly linkSecret: string
  /** Where this server is reached from outside, without a slash at its end. */
  readonly baseUrl: string
}

/** Rule 14: opt-out, consent and blacklist again, and no marketing in the night after a pause or a retry. */
export function verdictOf(message: ClaimedMessage, brand: Brand, now: number): Verdict {
  const { customer, channel, recipient, purpose, zone } = message
  const answer = askGates({
    customer,
    brand,
    channel,
    way: message.way ?? null,
    url: recipient,
    purpose,
    control: false,
    // Both were asked when it was decided; what has been queued since was decided knowing of this one.
    touches: [],
    message: null,
    now,
    zone: ownZone(customer.timezone, zone ?? brand.zone),
  })
  if (answer.pass) return { kind: 'send' }
  if (answer.gate === 'quiet_hours' && answer.until !== null) return { kind: 'defer', until: answer.until }
  return { kind: 'hold', gate: answer.gate }
}

/**
 * The same over all attempts at a message, and never that of another: not even of one that another life of the data
 * has made in its place, before a restore or beside a copy.
 */
export function keyOf(
  publicId: string,
  { life, enrollmentId, node, visit, turn = 0 }: ClaimedMessage,
): string {
  const origin = life === null ? publicId : `${publicId}-${life}`
  const key = `${origin}-${enrollmentId}-${node}-${visit}`
  return turn === 0 ? key : `${key}-${turn}`
}

function unsubscribeUrl(message: ClaimedMessage, dressing: Dressing): string | null {
  const { purpose, channel, customer } = message
  if (purpose === 'service' || channel === 'sms') return null
  const token = signUnsubscribe(dressing.linkSecret, {
    brand: dressing.brandId,
    customerId: customer.id,
    channel,
    mark: addressMark(message.recipient),
  })
  return `${dressing.baseUrl}/u/${token}`
}

/** An e-mail with a picture that nobody sees, by which it is noticed that it is opened; null: as the brand wants none. */
function noticing(html: string, { id }: ClaimedMessage, { brand, brandId, linkSecret }: Dressing): string {
  const { linkBase, links } = brand
  if (linkBase === undefined || !links.opens) return html
  const token = signOpen(linkSecret, { brand: brandId, messageId: id })
  const picture = `<img src="${linkBase}/o/${token}.gif" width="1" height="1" alt="" style="display:block">`
  const end = html.toLowerCase().lastIndexOf('</body')
  return end < 0 ? html + picture : html.slice(0, end) + picture + html.slice(end)
}

/**
 * A claimed message as a channel takes it. On an idempotent channel it is the same to the letter at each
 * attempt, as a provider that knows keys expects.
 */
export function outboundOf(
  message: ClaimedMessage,
  dressing: Dressing,
  channel: { readonly idempotent: boolean },
  now: number,
): OutboundMessage {
  const { brand } = dressing
  const url = unsubscribeUrl(message, dressing)
  const locale = languageOf(message.customer, brand)
  const email = channelOf(message.channel).content === 'email'
  const mail = email ? mailOf(message.body, message.format, frameOf(brand, locale, url)) : null
  return {
    id: String(message.id),
    key: keyOf(dressing.publicId, message),
    customerId: message.customer.id,
    to: message.recipient,
    subject: message.subject,
    text: mail?.text ?? message.body,
    html: mail === null ? null : noticing(mail.html, message, dressing),
    json: message.format === 'json' ? message.body : null,
    attachments: message.attachments.map((one) => withHost(one, dressing.baseUrl)),
    ...(message.template === null ? {} : { template: message.template }),
    purpose: message.purpose,
    ...(message.way == null ? {} : { way: message.way }),
    unsubscribeUrl: url,
    sentAt: channel.idempotent ? message.createdAt : now,
    meta: { journeyId: message.journeyId, node: message.node },
  }
}
