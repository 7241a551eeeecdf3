import type { z } from 'zod'
import type { LocalText } from '../text.ts'
import type { AttachmentKind } from './attachments.ts'
import type { SecretPlace, TypedFields } from './origin.ts'

/**
 * What a message is made of: an SMS with signature and parts, an e-mail with a subject, a text, a talk in a messenger, or
 * data. Whoever makes or shows a message asks this and not the channel's id.
 */
export type Content = 'sms' | 'email' | 'text' | 'chat' | 'json'

/**
 * Where a message is sent: to a phone, to a mailbox, to a friend of the corp's in WeCom, to a follower of the official
 * account in WeChat, to the customer as such, or to the URL that a node names.
 */
export type AddressKind = 'phone' | 'email' | 'external_userid' | 'openid' | 'customer' | 'url'

/** What a customer agrees to when agreeing to marketing messages. */
export type ConsentKind = 'sms' | 'email'

/** What a channel tells of a message after it has been handed over. */
export type ReceiptKind =
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'failed'
  | 'blocked'
  | 'complained'
  | 'unsubscribed'

/** What a way of a channel asks of a customer beside the address: that they may be answered just now. */
export type WayNeeds = 'window'

/** What is paid for: each part of a message, or the message. */
export type PriceUnit = 'part' | 'message'

/** The fields that settings cannot do without, and those that they may have besides. */
export interface AskedFields {
  readonly needs: readonly string[]
  readonly may: readonly string[]
}

/** What a channel must be told before it can send. */
export interface ChannelSettingsForm {
  /** Its fields, in the order in which a form asks for them. */
  readonly schema: z.ZodObject
  /** Where what is asked for follows from what is typed, such as the provider; without it the schema alone says it. */
  readonly asks?: (fields: TypedFields) => AskedFields
  /** Fields that are told to nobody who asks, each with where it is handed over. */
  readonly secrets: Readonly<Record<string, SecretPlace>>
  /** What is said while they are missing, and what to do. */
  readonly absent: LocalText
}

/** A way to reach a customer, as every room knows it. */
export interface ChannelDefinition {
  readonly id: string
  readonly name: LocalText
  readonly content: Content
  /** What its messages may carry beside the text. */
  readonly attachments: readonly AttachmentKind[]
  /** In bytes, the longest that the parts of its texts may be, where its provider takes no more. */
  readonly mostBytes?: { readonly [K in 'text' | AttachmentKind]?: Readonly<Record<string, number>> }
  readonly address: AddressKind
  /** Whose consent a marketing message needs; null where none is asked for. */
  readonly consent: ConsentKind | null
  readonly receipts: readonly ReceiptKind[]
  readonly priceUnit: PriceUnit
  /** Usual price in thousandths of a yuan, as operators in China ask; a brand may set its own in its currency. */
  readonly priceMilli: number
  /** null where it needs none. */
  readonly settings: ChannelSettingsForm | null
  /** Marketing messages that one customer is let have of it on one day of the brand's, whatever the brand's own caps say. */
  readonly perDay?: number
  /** The ways that its messages may take, the usual one first, each with what it needs; a channel without has one alone. */
  readonly ways?: Readonly<Record<string, WayNeeds | null>>
  /** Whether a message is either a text or one attachment. */
  readonly alone?: boolean
}

/** Keeps the exact type of a definition, its settings' schema included. */
export function defineChannel<const D extends ChannelDefinition>(definition: D): D {
  return definition
}
