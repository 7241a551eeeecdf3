import type { Properties } from '../../shared/conditions/customer.ts'

/** How a report of a provider names a message: by our id, or by the provider's on its channel. */
export interface MessageName {
  readonly id?: string | undefined
  readonly providerId?: string | undefined
  readonly channel: string
}

/** A message as a report of a provider names it. */
export interface NamedMessage {
  readonly id: number
  readonly customerId: string
  readonly journeyId: string
  readonly enrollmentId: number
  readonly node: string
  readonly channel: string
  readonly createdAt: number
}

/** A report that names a message only by the provider's id, which no message bears yet. */
export interface EarlyReceipt {
  readonly name: string
  readonly id: string
  readonly providerId: string
  /** null: of any channel. */
  readonly channel: string | null
  /** null: of whoever the message is to. */
  readonly customerId: string | null
  readonly at: number
  readonly properties: Properties
}

/** Something heard of an address: a reply, or what became of a message to it. */
export interface AddressReport {
  /** The event's name. */
  readonly name: string
  readonly channel: string
  /** Where it came from or went to, as it was told; null: by which message or customer it is known. */
  readonly address: string | null
  readonly customerId: string | null
  /** A reply's words, or a report's detail. */
  readonly text: string | null
  /** Of a failure. */
  readonly failure: string | null
  readonly at: number
}

/**
 * What providers report. It is no change of anybody's here: who said it stands with what is kept, and what it does to
 * an address stands with the address.
 */
export interface ReceiptStore {
  /** One for each name, in their order; null where there is no such message. */
  named(names: readonly MessageName[]): Promise<(NamedMessage | null)[]>
  /** Who bears an address on a channel, one for each; null: nobody. */
  bearers(told: readonly { readonly address: string; readonly channel: string }[]): Promise<(string | null)[]>
  /** Keeps what came before the message that it is of was known, and what is of an address that nobody bears yet. */
  keep(
    reports: { early: readonly EarlyReceipt[]; ofAddresses: readonly AddressReport[] },
    now: number,
  ): Promise<void>
}
