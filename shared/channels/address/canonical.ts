import { limits } from '../../limits.ts'
import { type Canonical, isFault, type KeptAddressKind } from './address.ts'
import { canonicalEmail } from './email.ts'
import { canonicalPhone } from './phone.ts'

/** An id is what the brand says it is; blanks around it aside. */
function canonicalId(given: string): Canonical {
  const id = given.trim()
  return id === '' ? isFault('blank') : { ok: true, address: id }
}

const longest = limits.addressLength.value

const forms = {
  phone: canonicalPhone,
  email: canonicalEmail,
  external_userid: canonicalId,
  openid: canonicalId,
  customer: canonicalId,
} satisfies Record<KeptAddressKind, (given: string) => Canonical>

/**
 * The one form of an address of a kind, or why it cannot be one. Kept apart from the list of channels: the
 * numbering plans of all countries are large, and a browser needs none of them.
 */
export function canonicalAddress(kind: KeptAddressKind, given: string): Canonical {
  const text = given.trim()
  // What follows looks for the end of a text from each of its blanks, which takes long where there are many.
  return text.length > longest ? isFault('too-long') : forms[kind](text)
}

/** The canonical form, or null where it cannot be one. */
export function canonicalOrNull(kind: KeptAddressKind, given: string): string | null {
  const read = canonicalAddress(kind, given)
  return read.ok ? read.address : null
}
