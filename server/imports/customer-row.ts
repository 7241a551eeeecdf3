import type { ClosedChannel, ProvenPatch } from '../store/sqlite/customers/customers.ts'
import {
  type Cell,
  type CellFault,
  cellFor,
  cellValue,
  idReader,
  optional,
  type RowContext,
  textAt,
} from './cells.ts'
import { attributesReader } from './extras.ts'
import type { Membership } from './programs.ts'
import { Refusal } from './reasons.ts'
import {
  type Consent,
  dateReader,
  instantReader,
  optOutReader,
  readConsent,
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
export interface CustomerRow extends Omit<ProvenPatch, 'id'> {
  readonly id: string | null
  readonly tags: readonly string[]
  readonly closed: readonly ClosedChannel[]
}

/** What a reader makes of a row: the entry, or why there is none; and the cells that it had to leave out. */
export interface RowReading<Entry> {
  readonly entry: Entry | Refusal
  readonly faults: readonly CellFault[]
}

/** First and last name as one: the family's first in Chinese, last elsewhere. */
export function fullName(first: string | undefined, last: string | undefined): string | undefined {
  if (first === undefined || last === undefined) return first ?? last
  return /^\p{Script=Han}+$/u.test(`${first}${last}`) ? `${last}${first}` : `${first} ${last}`
}

/** What a list of a Mailchimp audience says of all its members. */
const byMembership: Readonly<Record<Membership, Consent>> = {
  subscribed: 'yes',
  unsubscribed: 'out',
  cleaned: 'out',
  nonsubscribed: 'no',
}

/** The strictest of what is said: one refusal outweighs any consent. */
function strictest(said: readonly (Consent | undefined)[]): Consent | undefined {
  return (['out', 'no', 'yes'] as const).find((consent) => said.includes(consent))
}

/** A cell about marketing; what is not understood counts as a refusal, and is listed. */
function refusing<T>(cell: Cell<T> | undefined, cells: readonly string[], faults: CellFault[], otherwise: T) {
  const value = cellValue(cell, cells)
  if (!(value instanceof Refusal)) return value
  if (cell !== undefined)
    faults.push({ column: cell.column, value: textAt(cells, cell.index), refusal: value })
  return otherwise
}

function consentReader(context: RowContext, instant: ReturnType<typeof instantReader>) {
  const cells = {
    sms: cellFor('consent_sms', readConsent, context),
    email: cellFor('consent_email', readConsent, context),
    optedIn: cellFor('opted_in_email', readText, context),
    optedInAt: cellFor('opted_in_email', instant, context),
    outOfSms: cellFor('unsubscribed_sms', optOutReader(instant), context),
    outOfEmail: cellFor('unsubscribed_email', optOutReader(instant), context),
  }
  const out = (said: boolean | undefined): Consent | undefined => (said === true ? 'out' : undefined)
  const ofAll = context.membership === null ? undefined : byMembership[context.membership]
  return (row: readonly string[], faults: CellFault[]) => ({
    /** When mail was agreed to: a later time opens again what an earlier opt-out closed. */
    agreedAt: optional(cells.optedInAt, row, faults),
    sms: strictest([
      refusing(cells.sms, row, faults, 'no'),
      out(refusing(cells.outOfSms, row, faults, true)),
    ]),
    email: strictest([
      ofAll,
      refusing(cells.email, row, faults, 'no'),
      out(refusing(cells.outOfEmail, row, faults, true)),
      cellValue(cells.optedIn, row) === undefined ? undefined : 'yes',
    ]),
  })
}

/** Mail that came back closes the address harder than a wish of the customer's. */
function closer({ columns, mapping, membership }: RowContext) {
  const column = columns.find((one) => mapping[one] === 'unsubscribed_email')
  const cleaned = membership === 'cleaned' || (column !== undefined && /clean|bounce/i.test(column))
  return (sms: Consent | undefined, mail: Consent | undefined): ClosedChannel[] => [
    ...(sms === 'out' ? [{ channel: 'sms', why: 'opted_out' } as const] : []),
    ...(mail === 'out' ? [{ channel: 'email', why: cleaned ? 'hard_bounce' : 'opted_out' } as const] : []),
  ]
}

/** Reads the cells of a row of customers, or says why it cannot enter. */
export function customerReader(context: RowContext): (cells: readonly string[]) => RowReading<CustomerRow> {
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
  const consents = consentReader(context, instantReader(context.zone))
  const attributes = attributesReader(context)
  const closedBy = closer(context)
  // Templates greet by the first name, so both parts stay attributes beside the whole.
  const parts = [first, last].flatMap((cell) => (cell === undefined ? [] : [cell]))

  return (cells) => {
    const faults: CellFault[] = []
    const customer = cellValue(id, cells)
    if (customer instanceof Refusal) return { entry: customer, faults }
    const said = {
      phone: optional(phone, cells, faults),
      email: optional(email, cells, faults),
    }
    // Where a brand numbers its customers, one without a number is a slip; else the address is the number.
    if (customer === undefined && id !== undefined)
      return { entry: new Refusal('missing-value', { column: id.column }), faults }
    if (customer === undefined && said.phone === undefined && said.email === undefined)
      return { entry: new Refusal('no-key'), faults }
    const { sms, email: mail, agreedAt } = consents(cells, faults)
    const values = {
      name:
        optional(name, cells, faults) ??
        fullName(optional(first, cells, faults), optional(last, cells, faults)),
      ...said,
      gender: optional(gender, cells, faults) ?? undefined,
      birthday: optional(birthday, cells, faults),
      city: optional(city, cells, faults),
      registeredAt: optional(registeredAt, cells, faults),
      timezone: optional(timezone, cells, faults),
      language: optional(language, cells, faults),
      consentSms: sms === undefined ? undefined : sms === 'yes',
      consentEmail: mail === undefined ? undefined : mail === 'yes',
      consentEmailAt: mail === 'yes' ? agreedAt : undefined,
    }
    const named = parts.flatMap(({ column, index }) => {
      const text = textAt(cells, index)
      return text === '' ? [] : [[column, text] as const]
    })
    const entry: CustomerRow = {
      ...present(values),
      id: customer ?? null,
      tags: optional(tags, cells, faults) ?? [],
      closed: closedBy(sms, mail),
      attributes:
        named.length === 0
          ? attributes(cells, faults)
          : inOrder({ ...attributes(cells, faults), ...Object.fromEntries(named) }),
    }
    return { entry, faults }
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined, which would overwrite what is known. */
function present<T extends object>(values: T): Present<T> {
  for (const name in values) if (values[name] === undefined) delete values[name]
  // Nothing that is undefined is left.
  return values as Present<T>
}

/** Names in order, so that a file with its columns moved says the same. */
function inOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)))
}
