import type { ProvenPatch } from '../store/sqlite/customers/customers.ts'
import type { AddressRefusal } from '../store/sqlite/customers/refusals.ts'
import { type CellFault, cellFor, cellValue, idReader, optional, type RowContext, textAt } from './cells.ts'
import { consentReader, refusalsOf, type SaidOfConsent } from './consents.ts'
import { attributesReader } from './extras.ts'
import { Refusal } from './reasons.ts'
import {
  dateReader,
  instantReader,
  readEmail,
  readGender,
  readId,
  readLanguage,
  readPhone,
  readTags,
  readText,
  readZone,
} from './values.ts'

/** What a row says of a customer. Without an id the address says who it is. */
export interface CustomerRow extends Omit<ProvenPatch, 'id' | 'closed'>, SaidOfConsent {
  readonly id: string | null
  readonly tags: readonly string[]
}

/** What a reader makes of a row: the entry, or why there is none; and the cells that it had to leave out. */
export interface RowReading<Entry> {
  readonly entry: Entry | Refusal
  readonly faults: readonly CellFault[]
}

/** Of a row that cannot enter, what its addresses refuse all the same. */
export interface CustomerReading extends RowReading<CustomerRow> {
  readonly refusals: readonly AddressRefusal[]
}

/** First and last name as one: the family's first in Chinese, last elsewhere. */
export function fullName(first: string | undefined, last: string | undefined): string | undefined {
  if (first === undefined || last === undefined) return first ?? last
  return /^\p{Script=Han}+$/u.test(`${first}${last}`) ? `${last}${first}` : `${first} ${last}`
}

/** Reads the cells of a row of customers, or says why it cannot enter. */
export function customerReader(context: RowContext): (cells: readonly string[]) => CustomerReading {
  const format = (field: string) => {
    const column = context.columns.find((one) => context.mapping[one] === field)
    return column === undefined ? null : (context.types[column]?.format ?? null)
  }
  const registered = instantReader(context.zone, format('registered_at'))
  const id = cellFor('customer_id', idReader(readId, context.rounded), context)
  const name = cellFor('name', readText, context)
  const first = cellFor('first_name', readText, context)
  const last = cellFor('last_name', readText, context)
  const phone = cellFor('phone', readPhone, context)
  const email = cellFor('email', readEmail, context)
  const gender = cellFor('gender', readGender, context)
  const birthday = cellFor('birthday', dateReader(format('birthday')), context)
  const city = cellFor('city', readText, context)
  const registeredAt = cellFor('registered_at', registered, context)
  const timezone = cellFor('timezone', readZone, context)
  const language = cellFor('language', readLanguage, context)
  const tags = cellFor('tags', readTags, context)
  const consents = consentReader(context)
  const attributes = attributesReader(context)
  // Templates greet by the first name, so both parts stay attributes beside the whole.
  const parts = [first, last].flatMap((cell) => (cell === undefined ? [] : [cell]))

  return (cells) => {
    const faults: CellFault[] = []
    const customer = cellValue(id, cells)
    const said = {
      phone: optional(phone, cells, faults),
      email: optional(email, cells, faults),
    }
    const consent = consents(cells, faults)
    const refuse = (entry: Refusal) => ({ entry, faults, refusals: refusalsOf({ ...said, ...consent }) })
    if (customer instanceof Refusal) return refuse(customer)
    // Where a brand numbers its customers, one without a number is a slip; else the address is the number.
    if (customer === undefined && id !== undefined)
      return refuse(new Refusal('missing-value', { column: id.column }))
    if (customer === undefined && said.phone === undefined && said.email === undefined)
      return refuse(new Refusal('no-key'))
    const named = parts.flatMap(({ column, index }) => {
      const text = textAt(cells, index)
      return text === '' ? [] : [[column, text] as const]
    })
    // Every row in one shape, whatever it leaves out: what is put together name by name costs as much as reading it.
    const entry: CustomerRow = {
      id: customer ?? null,
      name:
        optional(name, cells, faults) ??
        fullName(optional(first, cells, faults), optional(last, cells, faults)),
      phone: said.phone,
      email: said.email,
      gender: optional(gender, cells, faults) ?? undefined,
      birthday: optional(birthday, cells, faults),
      city: optional(city, cells, faults),
      registeredAt: optional(registeredAt, cells, faults),
      timezone: optional(timezone, cells, faults),
      language: optional(language, cells, faults),
      consentSms: consent.consentSms,
      consentEmail: consent.consentEmail,
      consentSmsAt: consent.consentSmsAt,
      consentEmailAt: consent.consentEmailAt,
      closed: consent.closed,
      tags: optional(tags, cells, faults) ?? [],
      attributes:
        named.length === 0
          ? attributes(cells, faults)
          : inOrder({ ...attributes(cells, faults), ...Object.fromEntries(named) }),
    }
    return { entry, faults, refusals: [] }
  }
}

/** Names in order, so that a file with its columns moved says the same. */
function inOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)))
}
