import type { Mend } from '../../shared/channels/halts.ts'
import type { RenderedAttachment } from '../../shared/channels/index.ts'
import type { FilledTemplate, SmsRegister } from '../../shared/channels/sms/register.ts'
import type { LocalText } from '../../shared/text.ts'

/**
 * A message as the dispatcher hands it to a channel. Rendering, gates and compliance are behind it:
 * a channel sends what it is given or says why not. Times are epoch milliseconds.
 */
export interface OutboundMessage {
  id: string
  /** Idempotency key, the same over all attempts at this message. */
  key: string
  customerId: string
  /** Where it goes: an e-mail address, a phone number, a webhook's URL, or the customer's id in-app. */
  to: string
  subject: string | null
  text: string
  html: string | null
  /** A webhook's whole body, as the marketer wrote it; null: the message goes in our own envelope. */
  json: string | null
  /** Pictures and cards that go with it, of kinds that the channel carries; their addresses are whole. */
  attachments: readonly RenderedAttachment[]
  /** The registered template that an SMS is made of; without it the text itself is handed over. */
  template?: FilledTemplate
  purpose: 'marketing' | 'service'
  /** Which of the channel's ways it takes; null where it has one. */
  way?: string | null
  unsubscribeUrl: string | null
  sentAt: number
  meta: { journeyId: string | null; node: string | null }
}

/**
 * What became of one message. `detail` is for people and never holds a secret or the recipient's address.
 * - accepted: the provider has taken it; `answer` is the start of what a webhook answered.
 * - rejected: this message is refused for good, not sent.
 * - retry: this message is certainly not accepted, and may be tried again, after `afterMs` where a time was named.
 * - endpoint: where we send to is at fault, not the message: nothing more is sent there for a while, and no attempt
 *   counts. `inDoubt`: it may have been taken all the same.
 * - unknown: the answer was lost; only an idempotent channel may try again, with the same key.
 */
export type SendResult =
  | { kind: 'accepted'; providerId: string | null; answer?: string }
  | { kind: 'rejected'; code: string; detail: string }
  | { kind: 'retry'; code: string; detail: string; afterMs: number | null }
  | EndpointFault
  | { kind: 'unknown'; code: string; detail: string }

export interface EndpointFault {
  kind: 'endpoint'
  /** Who mends it: a person (an address, a login, a certificate), or time (it is down, or asked for a rest). */
  mend: Mend
  code: string
  detail: string
  /** How long it asked to be left alone, or is better left. */
  afterMs: number | null
  inDoubt: boolean
}

/**
 * Told by a channel without keys that a message is about to leave; resolves once that is written down, and only then
 * may its first byte go. False: it is not to be sent any more.
 */
export type Begin = (message: OutboundMessage) => Promise<boolean>

export interface Channel {
  readonly id: string
  /** Whether a second attempt with the same key cannot make a second message; else it asks `begin` of each. */
  readonly idempotent: boolean
  /** The most messages that one `send` should be given. */
  readonly batch: number
  /** One result per message, in their order. Never rejects; an aborted signal ends the attempts under way. */
  send(
    messages: readonly OutboundMessage[],
    signal: AbortSignal,
    begin?: Begin,
  ): Promise<readonly SendResult[]>
  /** Asks the provider whether the settings work, sending nothing. */
  verify?(): Promise<{ ok: boolean; detail: string }>
  /** Reads the templates and signatures that the provider has registered. Problem `sms-register-unread`. */
  registered?(): Promise<Omit<SmsRegister, 'syncedAt'>>
  /** What is left of what was paid for, where the provider says it; rejects where it cannot be asked. */
  balance?(): Promise<{ left: number; unit: LocalText }>
  /** Waits for the sends under way, then lets go of connections. */
  close(): Promise<void>
}

/** How long a provider may take, in milliseconds. */
export interface Timeouts {
  /** Until a connection stands. */
  connectMs: number
  /** Of silence, before an answer counts as lost. */
  answerMs: number
}

export const defaultTimeouts: Timeouts = { connectMs: 15_000, answerMs: 60_000 }

/** How long to leave a provider alone that refuses our credentials: a person has to mend them first. */
export const credentialsRetryMs = 300_000
