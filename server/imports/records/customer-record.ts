import type { CustomerField } from '../../../shared/api/imports.ts'
import { isInstant } from '../../../shared/calendar/instant.ts'
import type { RecordMode } from '../../ports/records.ts'
import type { ProvenPatch } from '../../store/sqlite/customers/customers.ts'
import type { AddressRefusal } from '../../store/sqlite/customers/refusals.ts'
import type { CellFault, RowContext } from '../cells.ts'
import { type CustomerReading, type CustomerRow, customerReader } from '../customer-row.ts'
import { Refusal } from '../reasons.ts'
import { instantReader, longestTag, readTags, refused } from '../values.ts'
import { type AttributePlace, type AttributeValue, attributeFrom, nameFault } from './attributes.ts'
import { datedConsent, fieldNamed, tagChange } from './fields.ts'
import { cellOf, isScalar, shown } from './written.ts'

/** What is known of the brand when records are read. */
export interface RecordPlace extends AttributePlace {
  /** Epoch milliseconds; nothing that a record tells has happened after it. */
  readonly now: number
}

/** A record as it is saved; its id is null where an address says who it is. */
export type CustomerEntry = Omit<ProvenPatch, 'id'> & { readonly id: string | null }

export interface RecordReading {
  readonly entry: CustomerEntry | Refusal
  readonly faults: readonly CellFault[]
  /** Of a record that cannot enter, what its addresses refuse all the same. */
  readonly refusals: readonly AddressRefusal[]
}

/** The columns that null takes away, and that a whole record does without where it does not say them. */
const plain = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  gender: 'gender',
  birthday: 'birthday',
  city: 'city',
  registered_at: 'registeredAt',
  timezone: 'timezone',
  language: 'language',
} as const satisfies Partial<Record<CustomerField, keyof ProvenPatch>>
type Plain = keyof typeof plain

/** What a record says, divided: cells for the reader of files, and what no cell can say. */
interface Said {
  /** Field → the name that the record has for it, and its cell. */
  readonly cells: Map<CustomerField, { readonly column: string; readonly text: string }>
  readonly removed: Set<CustomerField>
  readonly consents: { field: 'consent_sms' | 'consent_email'; column: string; at: unknown; proof?: string }[]
  readonly tags: { add: string[]; remove: string[] | 'others' } | null
  readonly attributes: Record<string, AttributeValue>
  readonly faults: CellFault[]
}

/** A time of JSON as a cell: a number is epoch milliseconds, as the API tells times. */
const timeCell = (value: string | number | boolean) =>
  typeof value === 'number' && isInstant(value) ? new Date(value).toISOString() : cellOf(value)

const channelFields: Readonly<Record<string, CustomerField>> = {
  sms: 'unsubscribed_sms',
  email: 'unsubscribed_email',
}

class Sorting {
  readonly cells: Said['cells'] = new Map()
  readonly removed: Said['removed'] = new Set()
  readonly consents: Said['consents'] = []
  readonly faults: CellFault[] = []
  readonly attributes: Record<string, AttributeValue> = {}
  tags: Said['tags'] = null
  readonly #place: RecordPlace
  readonly #mode: RecordMode

  constructor(place: RecordPlace, mode: RecordMode) {
    this.#place = place
    this.#mode = mode
  }

  fault(column: string, value: unknown, code: Refusal['code']): void {
    this.faults.push({ column, value: shown(value), refusal: refused(code, shown(value), column) })
  }

  take(record: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(record)) {
      const field = fieldNamed(name)
      if (field !== undefined) this.#field(field, name, value)
      else if (name === 'attributes' && typeof value === 'object' && value !== null && !Array.isArray(value))
        for (const [own, member] of Object.entries(value)) this.#attribute(own, member)
      else this.#attribute(name, value)
    }
  }

  #attribute(name: string, value: unknown): void {
    const fault = nameFault(name)
    // What an answer tells and a call sends back as it is says nothing.
    const silent = value === null || value === false || JSON.stringify(value) === '{}'
    if (fault !== null) {
      if (fault.code !== 'told-field' || !silent)
        this.faults.push({ column: shown(name), value: shown(value), refusal: fault })
      return
    }
    const kept = attributeFrom(name, value, this.#place, this.faults)
    // A name of its own, whatever objects have.
    if (kept !== undefined) Object.defineProperty(this.attributes, name, { value: kept, ...open })
  }

  #field(field: CustomerField, column: string, value: unknown): void {
    if (this.cells.has(field) || this.removed.has(field)) this.fault(column, value, 'named-twice')
    else if (field === 'tags') this.#tags(column, value)
    else if (field === 'unsubscribed' && Array.isArray(value)) this.#channels(column, value)
    else if (value === null) this.#remove(field, column)
    else if (field === 'consent_sms' || field === 'consent_email') this.#consent(field, column, value)
    else if (!isScalar(value)) this.fault(column, value, 'no-value')
    else this.cells.set(field, { column, text: field === 'registered_at' ? timeCell(value) : cellOf(value) })
  }

  #remove(field: CustomerField, column: string): void {
    this.removed.add(field)
    // Both parts of a name are attributes beside the whole.
    if (field === 'first_name' || field === 'last_name') this.attributes[column] = null
  }

  #consent(field: 'consent_sms' | 'consent_email', column: string, value: unknown): void {
    if (isScalar(value)) {
      this.cells.set(field, { column, text: cellOf(value) })
      return
    }
    const { data } = datedConsent.safeParse(value)
    // What is not understood is no consent.
    this.cells.set(field, { column, text: data === undefined ? shown(value) : cellOf(data.given) })
    if (data !== undefined)
      this.consents.push({
        ...{ field, column, at: data.at },
        ...(data.proof === undefined ? {} : { proof: data.proof }),
      })
  }

  /** Channels that a customer has left, as an answer lists them. */
  #channels(column: string, channels: readonly unknown[]): void {
    for (const channel of channels) {
      const field =
        typeof channel === 'string' && Object.hasOwn(channelFields, channel)
          ? channelFields[channel]
          : undefined
      if (field === undefined) this.fault(column, channel, 'told-field')
      else this.cells.set(field, { column, text: 'true' })
    }
  }

  #tags(column: string, value: unknown): void {
    const clean = (tags: readonly string[]) => tags.map((tag) => cellOf(tag)).filter((tag) => tag !== '')
    const whole = this.#mode === 'replace'
    if (value === null) this.tags = { add: [], remove: 'others' }
    else if (typeof value === 'string') {
      const read = value.trim() === '' ? [] : readTags(value, column)
      if (read instanceof Refusal) this.faults.push({ column, value: shown(value), refusal: read })
      else this.tags = { add: [...read], remove: whole ? 'others' : [] }
    } else {
      const { data } = tagChange.safeParse(Array.isArray(value) ? { add: value } : value)
      if (data === undefined) this.fault(column, value, 'invalid-tags')
      else
        this.tags = {
          add: clean(data.add).filter((tag) => this.#short(tag, column)),
          remove: whole && Array.isArray(value) ? 'others' : clean(data.remove),
        }
    }
  }

  #short(tag: string, column: string): boolean {
    if (tag.length <= longestTag) return true
    this.fault(column, tag, 'long-tag')
    return false
  }
}

const open = { writable: true, enumerable: true, configurable: true } as const

type Reader = (cells: readonly string[]) => CustomerReading

/** Readers of files by the fields that a record says: each record is a file of one line. */
class Readers {
  readonly #known = new Map<string, Reader>()
  readonly #place: RecordPlace

  constructor(place: RecordPlace) {
    this.#place = place
  }

  of(cells: Said['cells']): Reader {
    const key = [...cells].map(([field, { column }]) => `${field}:${column}`).join(' ')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.#known.size >= mostReaders) this.#known.clear()
    const { zone, currency, now } = this.#place
    const columns = [...cells].map(([, { column }]) => column)
    const context: RowContext = {
      ...{ columns, zone, currency, types: {}, rounded: new Set(), decimalMark: '.', membership: null },
      mapping: Object.fromEntries([...cells].map(([field, { column }]) => [column, field])),
      today: now,
    }
    const made = customerReader(context)
    this.#known.set(key, made)
    return made
  }
}

const mostReaders = 200

/** The times and proofs of consents: one that cannot be read, or is still to come, proves nothing. */
function datesOf({ consents, faults }: Said, { zone, now }: RecordPlace): Partial<ProvenPatch> {
  if (consents.length === 0) return {}
  const instant = instantReader(zone)
  const dates: { consentSmsAt?: number; consentEmailAt?: number; consentProof?: string } = {}
  for (const { field, column, at, proof } of consents) {
    if (proof !== undefined) dates.consentProof = proof
    if (at === undefined) continue
    const read = typeof at === 'number' && isInstant(at) ? at : instant(String(at), column)
    const fault =
      read instanceof Refusal ? read : read > now ? refused('time-to-come', String(at), column) : null
    if (fault !== null) faults.push({ column, value: String(at), refusal: fault })
    else if (!(read instanceof Refusal))
      dates[field === 'consent_sms' ? 'consentSmsAt' : 'consentEmailAt'] = read
  }
  return dates
}

/** What null takes away, and what a whole record is without. */
function removedBy(said: Said, entry: CustomerRow, mode: RecordMode): Partial<ProvenPatch> {
  const faulty = new Set(said.faults.map(({ column }) => fieldNamed(column)))
  const gone = (field: Plain): boolean => {
    if (entry[plain[field]] !== undefined) return false
    // Of what cannot be read it is not known that it is gone.
    return said.removed.has(field) || (mode === 'replace' && !faulty.has(field))
  }
  // The table has the columns for keys.
  const fields = (Object.keys(plain) as Plain[]).filter(gone)
  return Object.fromEntries(fields.map((field) => [plain[field], null]))
}

/**
 * Reads records of customers by the rules of the import: a record is a row, its fields are cells, whatever is no field
 * is an attribute. What cannot be read costs itself and is told; a record without a usable id is refused.
 */
export function customerRecords(place: RecordPlace, mode: RecordMode) {
  const readers = new Readers(place)
  return (record: Readonly<Record<string, unknown>>): RecordReading => {
    const said = new Sorting(place, mode)
    said.take(record)
    const { cells, faults, attributes, tags } = said
    const read = readers.of(cells)([...cells].map(([, { text }]) => text))
    faults.push(...read.faults)
    const dates = datesOf(said, place)
    if (read.entry instanceof Refusal) return { entry: read.entry, faults, refusals: read.refusals }
    const entry: CustomerEntry = {
      ...read.entry,
      ...removedBy(said, read.entry, mode),
      ...dates,
      attributes: { ...read.entry.attributes, ...attributes },
      tags: tags?.add ?? [],
      ...(tags === null ? {} : { withoutTags: tags.remove }),
      ...(mode === 'replace' ? { onlyAttributes: true } : {}),
    }
    return { entry, faults, refusals: [] }
  }
}
