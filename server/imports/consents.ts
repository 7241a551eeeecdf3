import type { ClosedChannel, ProvenPatch } from '../store/sqlite/customers/customers.ts'
import type { AddressRefusal } from '../store/sqlite/customers/refusals.ts'
import { type Cell, type CellFault, cellFor, cellValue, type RowContext, textAt } from './cells.ts'
import { type Membership, programOf } from './programs.ts'
import { Refusal } from './reasons.ts'
import {
  type Consent,
  instantReader,
  optInReader,
  optOutReader,
  readConsent,
  type SaidConsent,
} from './values.ts'

/** What a row says of marketing; what it leaves out it does not speak of. */
export type SaidOfConsent = Pick<
  ProvenPatch,
  'consentSms' | 'consentEmail' | 'consentSmsAt' | 'consentEmailAt'
> & { readonly closed: readonly ClosedChannel[] }

/** What a list says of all who stand on it. */
const byMembership: Readonly<Record<Membership, Consent>> = {
  subscribed: 'yes',
  unsubscribed: 'out',
  cleaned: 'out',
  nonsubscribed: 'no',
}

type Said = SaidConsent | null | undefined

/** The strictest of what is said: one refusal outweighs any consent. Its time is the latest that is told. */
function strictest(said: readonly Said[]): SaidConsent | undefined {
  for (const consent of ['out', 'no', 'yes'] as const) {
    const same = said.filter((one) => one?.consent === consent)
    const times = same.flatMap((one) => one?.at ?? [])
    if (same.length > 0) return { consent, at: times.length === 0 ? null : Math.max(...times) }
  }
  return undefined
}

const dateless = (consent: Consent): SaidConsent => ({ consent, at: null })

/** A cell about marketing; what is not understood counts as a refusal, and is listed. */
function heeding<T>(cell: Cell<T> | undefined, otherwise: T) {
  if (cell === undefined) return []
  const read = (cells: readonly string[], faults: CellFault[]): T | undefined => {
    const value = cellValue(cell, cells)
    if (!(value instanceof Refusal)) return value
    faults.push({ column: cell.column, value: textAt(cells, cell.index), refusal: value })
    return otherwise
  }
  return [read]
}

/** The columns of the file that speak of marketing, and how each is read. */
function consentCells(context: RowContext) {
  const instant = instantReader(context.zone)
  const read = (text: string, column: string): SaidConsent | Refusal => {
    const said = readConsent(text, column)
    return said instanceof Refusal ? said : dateless(said)
  }
  const agreed = (field: 'consent_sms' | 'consent_email' | 'consent') =>
    heeding(cellFor(field, read, context), dateless('no'))
  const left = (field: 'unsubscribed_sms' | 'unsubscribed_email' | 'unsubscribed') =>
    heeding<SaidConsent | null>(cellFor(field, optOutReader(instant), context), dateless('out'))
  return {
    sms: [...agreed('consent_sms'), ...left('unsubscribed_sms')],
    email: [
      ...agreed('consent_email'),
      ...left('unsubscribed_email'),
      ...heeding(cellFor('opted_in_email', optInReader(instant, context.today), context), dateless('no')),
    ],
    all: [...agreed('consent'), ...left('unsubscribed')],
  }
}

/** Mail that came back closes the address harder than a wish of the customer's. */
function mailCloses({ columns, mapping, membership }: RowContext): ClosedChannel['why'] {
  const column = columns.find((one) => mapping[one] === 'unsubscribed_email')
  const cleaned = membership === 'cleaned' || (column !== undefined && /clean|bounce/i.test(column))
  return cleaned ? 'hard_bounce' : 'opted_out'
}

const closing = (
  channel: ClosedChannel['channel'],
  why: ClosedChannel['why'],
  said: SaidConsent | undefined,
) => (said?.consent === 'out' ? [{ channel, why, ...(said.at === null ? {} : { at: said.at }) }] : [])

const saysNothing: SaidOfConsent = { closed: [] }

/**
 * Reads what a row says of marketing. A refusal that names no way holds for each; a "yes" that names none holds
 * only where the file has one kind of address, as else nobody knows for which it was given.
 */
export function consentReader(context: RowContext) {
  const cells = consentCells(context)
  const has = (field: string) => context.columns.some((column) => context.mapping[column] === field)
  const [phones, mails] = [has('phone'), has('email')]
  const { membership } = context
  const listed = membership === null ? undefined : dateless(byMembership[membership])
  // Mailchimp's lists are of mail alone; another program's list of who left is of whatever it names.
  const left = membership === 'unsubscribed' && programOf(context.columns)?.id !== 'mailchimp-audience'
  const why = mailCloses(context)
  if (listed === undefined && Object.values(cells).every(({ length }) => length === 0))
    return () => saysNothing
  return (row: readonly string[], faults: CellFault[]): SaidOfConsent => {
    const said = (of: (typeof cells)['all']) => of.map((one) => one(row, faults))
    const all = said(cells.all)
    const none = all.filter((one) => one?.consent !== 'yes')
    const sms = strictest([...said(cells.sms), ...(phones && !mails ? all : none), left ? listed : undefined])
    const email = strictest([...said(cells.email), ...(mails && !phones ? all : none), listed])
    return {
      ...(sms === undefined ? {} : { consentSms: sms.consent === 'yes' }),
      ...(email === undefined ? {} : { consentEmail: email.consent === 'yes' }),
      ...(sms === undefined || sms.at === null ? {} : { consentSmsAt: sms.at }),
      ...(email === undefined || email.at === null ? {} : { consentEmailAt: email.at }),
      closed: [...closing('sms', 'opted_out', sms), ...closing('email', why, email)],
    }
  }
}

interface Addressed extends SaidOfConsent {
  readonly phone?: string | null | undefined
  readonly email?: string | null | undefined
}

/** What the addresses of a row refuse, whatever becomes of the row. */
export function refusalsOf({ phone, email, consentSms, consentEmail, closed }: Addressed): AddressRefusal[] {
  const of = (
    channel: ClosedChannel['channel'],
    address: string | null | undefined,
    consent: boolean | undefined,
  ) => {
    if (typeof address !== 'string' || consent !== false) return []
    const kind = channel === 'sms' ? ('phone' as const) : ('email' as const)
    const { why = null, at = null } = closed.find((one) => one.channel === channel) ?? {}
    return [{ kind, address, channel, why, at }]
  }
  return [...of('sms', phone, consentSms), ...of('email', email, consentEmail)]
}
