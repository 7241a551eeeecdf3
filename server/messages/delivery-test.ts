import { randomUUID } from 'node:crypto'
import type { Actor } from '../../shared/audit/actor.ts'
import { canonicalOrNull } from '../../shared/channels/address/canonical.ts'
import { httpUrl } from '../../shared/channels/fields.ts'
import { channelOf, isChannelId } from '../../shared/channels/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { frameOf, mailOf } from '../../shared/message/html.ts'
import { composeSms } from '../../shared/message/sms.ts'
import type { LocalText } from '../../shared/text.ts'
import type { OutboundMessage } from '../channels/channel.ts'
import type { Desk } from '../ports/desk.ts'
import { sendTrial, type TrialDesk } from './trial.ts'

const words: LocalText = {
  'zh-CN': '这是一条测试消息，收到说明渠道可以用。',
  en: 'This is a test. That you read it says that the channel works.',
}
const subject: LocalText = { 'zh-CN': '测试消息', en: 'A test' }

interface Whom {
  readonly to: string
  readonly customerId: string
}

/** Who a test goes to, as the channel writes to them. Problems `test-address`, `unknown-customer`. */
async function whomOf({ stores, sandbox }: Desk, channel: string, given: string): Promise<Whom> {
  const { address } = channelOf(channel)
  const isCustomer = async () => (await stores.customers.firstUnknown([given])) === null
  if (address === 'customer') {
    if (await isCustomer()) return { to: given, customerId: given }
    throw new Problem('unknown-customer', { customer: given }, 'to')
  }
  const to =
    address === 'url' ? (httpUrl.safeParse(given).success ? given : null) : canonicalOrNull(address, given)
  if (to === null) throw new Problem('test-address', { channel, to: given }, 'to')
  const [bearer = null] = address === 'url' ? [] : await stores.receipts.bearers([{ address: to, channel }])
  // On the screen a message is somebody's.
  if (sandbox && address !== 'url' && bearer === null)
    throw new Problem('unknown-customer', { customer: to }, 'to')
  return { to, customerId: bearer ?? 'test' }
}

function textOf(channel: string, brand: Brand) {
  const { content } = channelOf(channel)
  const text = words[brand.language]
  if (content === 'email') return mailOf(text, 'text', frameOf(brand, brand.language, null))
  const { signature, optOut } = brand
  const composed = content === 'sms' ? composeSms(text, { signature, optOut, marketing: false }) : text
  return { text: composed, html: null }
}

/** Sends a fixed text by a channel as it is set up. Problems `not-found`, `channel-absent`, and of whom it goes to. */
export async function testDelivery(
  desk: TrialDesk,
  actor: Actor,
  { channel, to: given }: { readonly channel: string; readonly to: string },
) {
  if (!isChannelId(channel)) throw new Problem('not-found', { what: channel }, 'channel')
  const brand = desk.brand()
  const whom = await whomOf(desk, channel, given)
  const message: OutboundMessage = {
    id: '0',
    key: `test-${randomUUID()}`,
    ...whom,
    subject: channelOf(channel).content === 'email' ? subject[brand.language] : null,
    ...textOf(channel, brand),
    json: null,
    attachments: [],
    purpose: 'service',
    unsubscribeUrl: null,
    sentAt: desk.now(),
    meta: { journeyId: null, node: null },
  }
  return sendTrial(desk, actor, { channel, message, journeyId: null, node: null, field: 'channel' })
}
