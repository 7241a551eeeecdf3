import { isAddress } from '../mailbox.ts'
import { type Canonical, isFault, plainly, unwrapped } from './address.ts'

/** A domain as it is asked for: ideographic full stops are dots, other scripts are written in ASCII. */
function domainOf(text: string): string | null {
  const domain = text.replace(/[。｡．]/g, '.').replace(/\.$/, '')
  const ascii = /^[\x21-\x7e]*$/.test(domain) || !URL.canParse(`http://${domain}`)
  return ascii ? domain : new URL(`http://${domain}`).hostname
}

/** What people write before a mailbox, to say what it is. */
const label = /^(?:e-?mail|mail|电子邮箱|邮箱地址|邮箱|邮件)\s*:\s*/i

const domainForm = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/

/**
 * A mailbox in the one form in which it is stored, compared and shown: in lower case throughout, without a
 * name or `mailto:` before it. No provider that people use tells capitals of the local part apart.
 */
export function canonicalEmail(given: string): Canonical {
  const text = unwrapped(plainly(given))
  if (text === '') return isFault('blank')
  const inBrackets = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text
  const bare = inBrackets
    .replace(label, '')
    .replace(/^mailto:/i, '')
    .replace(/\s*\([^()@]*\)$/, '')
    .replace(/^[([<](.*)[)\]>]$/, '$1')
    .replace(/\s*@\s*/g, '@')
    .replace(/\?.*$/, '')
    .replace(/[,;，；、\s]+$/, '')
    .trim()
    .toLowerCase()
  if (bare.includes('*')) return isFault('masked')
  const at = bare.lastIndexOf('@')
  if (bare.indexOf('@') !== at) return isFault('several')
  const domain = at < 1 ? null : domainOf(bare.slice(at + 1))
  if (domain === null || !domainForm.test(domain)) return isFault('not-an-address')
  const address = `${bare.slice(0, at)}@${domain}`
  if (address.length > 254) return isFault('too-long')
  return isAddress(address) && !/^\.|\.\.|\.@/.test(address)
    ? { ok: true, address }
    : isFault('not-an-address')
}
