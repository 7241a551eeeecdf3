import type { KeptAddressKind } from './address/address.ts'
import type { AddressKind, ConsentKind } from './definition.ts'

/** What of a customer says how a channel reaches them. */
export interface Reachable {
  readonly id: string
  readonly phone: string | null
  readonly email: string | null
  /** Absent where they have never added anybody of the corp's. */
  readonly externalUserId?: string | null
  /** Absent where they have never followed the official account. */
  readonly openid?: string | null
}

/** Where a message of each kind of address goes; a URL is the node's own. */
const addresses: Readonly<Record<AddressKind, (customer: Reachable, url: string | null) => string | null>> = {
  phone: ({ phone }) => phone,
  email: ({ email }) => email,
  external_userid: ({ externalUserId = null }) => externalUserId,
  openid: ({ openid = null }) => openid,
  customer: ({ id }) => id,
  url: (_customer, url) => url,
}

/** Where a channel's message to a customer goes; null where there is nothing that could work. */
export function addressFor(kind: AddressKind, customer: Reachable, url: string | null): string | null {
  return addresses[kind](customer, url)
}

/** Under which kept kind the words about an address stand: what is nobody's own address, under the customer. */
export const keptAs: Readonly<Record<AddressKind, KeptAddressKind>> = {
  phone: 'phone',
  email: 'email',
  external_userid: 'external_userid',
  openid: 'openid',
  customer: 'customer',
  url: 'customer',
}

interface Consenting {
  readonly consentSms: boolean | null
  readonly consentEmail: boolean | null
}

const consents: Readonly<Record<ConsentKind, (customer: Consenting) => boolean | null>> = {
  sms: ({ consentSms }) => consentSms,
  email: ({ consentEmail }) => consentEmail,
}

/** What a customer has said to marketing of a kind; null: never asked. */
export function consentTo(kind: ConsentKind, customer: Consenting): boolean | null {
  return consents[kind](customer)
}
