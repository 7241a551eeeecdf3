import { canonicalOrNull } from './canonical.ts'
import { maskEmail, maskPhone } from './mask.ts'

/** A phone or a mailbox, masked by what it is. */
export function maskAddress(address: string): string {
  return (address.includes('@') ? maskEmail(address) : maskPhone(address)) ?? ''
}

/** Shorter ones stand within any number. */
const shortest = 7

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Somebody's addresses, wherever they stand in a text: a phone with its country or without. */
function within(addresses: readonly string[]): RegExp | null {
  const parts = addresses
    .filter(({ length }) => length >= shortest)
    .map((address) =>
      address.includes('@') ? literally(address) : `(?<!\\d)(?:\\+?86)?${literally(address)}(?!\\d)`,
    )
  return parts.length === 0 ? null : new RegExp(parts.join('|'), 'gi')
}

/** By these names a value is somebody's phone or mailbox, whoever's. */
const phoneName = /phone|mobile|(?:^|_)tel(?:$|_)|手机|电话/i
const emailName = /e-?mail|mailbox|邮箱/i
/** Whether what has a name is somebody's phone or mailbox by it. */
export function contactNamed(name: string): 'phone' | 'email' | null {
  if (emailName.test(name)) return 'email'
  return phoneName.test(name) ? 'phone' : null
}

/** What links lead by stays, also where a brand numbers its customers by their phones. */
const linkName = /^(?:id|customerId|journeyId|node|key)$/

function named(name: string, text: string): string {
  if (emailName.test(name) && text.includes('@')) return maskEmail(text) ?? ''
  const phone = phoneName.test(name) ? canonicalOrNull('phone', text) : null
  return phone === null ? text : (maskPhone(phone) ?? '')
}

/** A value of a field that stands apart from its name, masked where it is a phone or a mailbox by that. */
export function concealedValue<V extends string | number | boolean>(field: string, value: V): V | string {
  if (typeof value === 'boolean') return value
  const told = named(field, String(value))
  return told === String(value) ? value : told
}

/**
 * An answer about somebody with their phones and mailboxes masked, wherever they stand: in a field, in the text of a
 * message, in what an event says. The one way in which pages are told less than the whole.
 */
export function concealed<T>(answer: T, addresses: readonly string[]): T {
  const own = within(addresses)
  const textOf = (name: string, text: string) => {
    if (linkName.test(name)) return text
    const plain = addresses.includes(text) ? maskAddress(text) : named(name, text)
    return own === null
      ? plain
      : plain.replace(own, (found) => maskAddress(found.replace(/^\+?86(?=1\d{10}$)/, '')))
  }
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return textOf(name, value)
    if (typeof value === 'number')
      return named(name, String(value)) === String(value) ? value : named(name, String(value))
    if (Array.isArray(value)) return value.map((one) => walk(one, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, key)]))
  }
  // It has the form that it had, but for the letters of some texts.
  return walk(answer, '') as T
}
