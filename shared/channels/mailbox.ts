/** An e-mail address with the name shown before it. */
export interface Mailbox {
  name: string
  address: string
}

// Narrower than RFC 5321 on purpose: no quoted local parts, no literals, nothing a header could be broken with.
const addressForm =
  /^[^\s\p{Cc}@<>()[\]\\,;:"]+@[^\s\p{Cc}@<>()[\]\\,;:".]+(\.[^\s\p{Cc}@<>()[\]\\,;:".]+)*$/u

/** Whether this is exactly one e-mail address, of a length that SMTP can carry (RFC 5321, 4.5.3.1.3). */
export function isAddress(text: string): boolean {
  return text.length <= 254 && addressForm.test(text)
}

/** `name@domain` or `Name <name@domain>`; null where it is neither. */
export function parseMailbox(text: string): Mailbox | null {
  const named = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim())
  const address = (named?.[2] ?? text).trim()
  const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1')
  return isAddress(address) ? { name, address } : null
}
