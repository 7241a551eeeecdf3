import { canonicalOrNull } from '../../../../shared/channels/address/canonical.ts'
import type { People } from './people.ts'

/** What stands where somebody was named. */
const taken = '…'
/** A shorter text stands in other words by chance. */
const shortestFound = 6

/** What people set into a number so that it is read more easily. */
const betweenDigits = /[\s().·–-]/g

const escaped = (part: string) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Finds people in what is kept as text, by their ids and addresses. */
export class Mentions {
  readonly #ids: ReadonlySet<string>
  readonly #phones: ReadonlySet<string>
  readonly #emails: ReadonlySet<string>
  /** As they are written small; mailboxes are written as one likes. */
  readonly #parts: readonly string[]
  readonly #found: RegExp

  constructor({ ids, contacts }: Pick<People, 'ids' | 'contacts'>) {
    const of = (kind: string) => contacts.filter((one) => one.kind === kind).map(({ address }) => address)
    this.#ids = new Set(ids)
    this.#phones = new Set(of('phone'))
    this.#emails = new Set(of('email'))
    // +86 is left out where people write their own country's numbers.
    const short = of('phone').map((phone) => phone.replace(/^\+86/, ''))
    this.#parts = [...new Set([...of('phone'), ...short, ...of('email')])]
      .map((part) => part.toLowerCase())
      .filter((part) => part.length >= shortestFound)
    // Of none nothing is found.
    this.#found = new RegExp(this.#parts.length === 0 ? '(?!)' : this.#parts.map(escaped).join('|'), 'gi')
  }

  #within(text: string): boolean {
    const small = text.toLowerCase()
    return this.#parts.some((part) => small.includes(part))
  }

  /** Whether a cell, or another text that stands for itself, is one of theirs or has one of theirs in it. */
  in(text: string): boolean {
    const cell = text.trim()
    if (cell === '') return false
    if (this.#ids.has(cell) || this.#within(cell) || this.#within(cell.replaceAll(betweenDigits, '')))
      return true
    const phone = this.#phones.size === 0 ? null : canonicalOrNull('phone', cell)
    if (phone !== null && this.#phones.has(phone)) return true
    const email = this.#emails.size === 0 ? null : canonicalOrNull('email', cell)
    return email !== null && this.#emails.has(email)
  }

  /** The text without their addresses; nothing is left of one that is an id. */
  without(text: string): string {
    if (this.#ids.has(text)) return taken
    return text.replaceAll(this.#found, taken)
  }

  /** The same of all texts within a value of JSON. */
  withoutIn(value: unknown): unknown {
    if (typeof value === 'string') return this.without(value)
    if (Array.isArray(value)) return value.map((one) => this.withoutIn(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.withoutIn(one)]))
  }

  /** Whether a text of JSON names them: an id as a whole value, an address anywhere. */
  inJson(text: string): boolean {
    return this.#within(text) || [...this.#ids].some((id) => text.includes(JSON.stringify(id)))
  }
}
