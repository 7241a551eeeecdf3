import { type Canonical, isFault, type KeptAddressKind } from './address.ts'
import { canonicalEmail } from './email.ts'
import { canonicalPhone } from './phone.ts'

/** An id is what the brand says it is; blanks around it aside. */
function canonicalId(given: string): Canonical {
  const id = given.trim()
  return id === '' ? isFault('blank') : { ok: true, address: id }
}

const forms = {
  phone: canonicalPhone,
  email: canonicalEmail,
  customer: canonicalId,
} satisfies Record<KeptAddressKind, (given: string) => Canonical>

/**
 * The one form of an address of a kind, or why it cannot be one. Kept apart from the list of channels: the
 * numbering plans of all countries are large, and a browser needs none of them.
 */
export function canonicalAddress(kind: KeptAddressKind, given: string): Canonical {
  return forms[kind](given)
}

/** The canonical form, or null where it cannot be one. */
export function canonicalOrNull(kind: KeptAddressKind, given: string): string | null {
  const read = canonicalAddress(kind, given)
  return read.ok ? read.address : null
}
