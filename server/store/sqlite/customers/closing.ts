import type { KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import { type ClosedWhy, everyChannel, isRefusal, keptKindOf } from '../../../../shared/message/standing.ts'
import type { BrandDatabase } from '../database.ts'

/** An address on a channel. */
export interface AddressOn {
  readonly kind: KeptAddressKind
  /** In its canonical form. */
  readonly address: string
  /** `*`: every channel. */
  readonly channel: string
}

export interface Closing extends AddressOn {
  readonly why: ClosedWhy
  readonly at: number
  /** By which way: `reply`, `link`, `report`, `person`, `file`. */
  readonly source: string
  readonly by?: string | null
  /** The words, the report's detail, or the reason that a person gave. */
  readonly note?: string | null
}

/** The graver stays where an address is closed twice. */
const gravity = {
  invalid: 1,
  hard_bounce: 2,
  opted_out: 3,
  block: 4,
  complaint: 5,
  blacklisted: 6,
} as const satisfies Record<ClosedWhy, number>

interface Known {
  why: ClosedWhy | null
  since: number | null
  /** When its owner last asked for more. */
  back: number | null
}

function statements({ sqlite }: BrandDatabase) {
  const bearers = '(select customer_id from addresses where address = @address and kind = @kind)'
  const queued = (customers: string, to: string) =>
    `update messages set status = 'cancelled', due_at = null, error = @why
     where customer_id in ${customers} and ${to} and (@channel = '*' or channel = @channel)
       and (@all = 1 or purpose = 'marketing') and status = 'queued'`
  const inHand = (customers: string, to: string) =>
    `update messages set withdrawn = 1
     where customer_id in ${customers} and ${to} and (@channel = '*' or channel = @channel)
       and (@all = 1 or purpose = 'marketing') and status = 'sending'`
  const both = (customers: string, to: string) => [
    sqlite.prepare(queued(customers, to)),
    sqlite.prepare(inHand(customers, to)),
  ]
  return {
    known: sqlite.prepare<AddressOn, Known>(
      `select closed_why as why, closed_at as since, iif(consent = 1 and consent_source = 'reply', consent_at, null) as back
       from address_states where kind = @kind and address = @address and channel = @channel`,
    ),
    /** Said again: what counts against a consent is when it was said last. */
    again: sqlite.prepare(
      `update address_states set closed_at = @at, closed_source = @source, closed_by = @by, note = @note
       where kind = @kind and address = @address and channel = @channel`,
    ),
    close: sqlite.prepare(
      `insert into address_states (kind, address, channel, closed_why, closed_at, closed_source, closed_by, note)
       values (@kind, @address, @channel, @why, @at, @source, @by, @note)
       on conflict do update set closed_why = @why, closed_at = @at, closed_source = @source, closed_by = @by,
         note = @note, held_at = null`,
    ),
    toAddress: both(bearers, 'recipient = @address'),
    toCustomer: both('(select @address)', '1'),
    /** The newest other address of the kind that is not dead takes the place of a dead one. */
    spare: {
      phone: sqlite.prepare(spareSql('phone')),
      email: sqlite.prepare(spareSql('email')),
    },
  }
}

const spareSql = (kind: 'phone' | 'email') => `
  update customers set ${kind} = (
    select a.address from addresses a where a.customer_id = customers.id and a.kind = '${kind}'
      and a.former_at is null and a.address <> @address
      and not exists (select 1 from address_states s where s.kind = a.kind and s.address = a.address
        and s.closed_why in ('hard_bounce', 'invalid'))
    order by a.added_at desc limit 1), updated_at = @at
  where ${kind} = @address and exists (
    select 1 from addresses a where a.customer_id = customers.id and a.kind = '${kind}'
      and a.former_at is null and a.address <> @address
      and not exists (select 1 from address_states s where s.kind = a.kind and s.address = a.address
        and s.closed_why in ('hard_bounce', 'invalid')))`

/**
 * Rules 12 and 20: closes an address on a channel at once, for every record that bears it now or later, and
 * takes back what is queued to it, within the caller's transaction or one of its own. An opt-out is of
 * marketing; the other reasons close it for everything. Answers whether it was open.
 */
export function addressCloser(db: BrandDatabase): (closing: Closing) => boolean {
  const run = statements(db)
  return db.sqlite.transaction(({ kind, address, channel, why, at, source, by, note }: Closing) => {
    const place = { kind, address, channel }
    const { why: before = null, since = null, back = null } = run.known.get(place) ?? {}
    if (why === 'opted_out' && back !== null && back > at) return false
    const all = why === 'opted_out' ? 0 : 1
    const took = { kind, address, channel, all, why: why === 'opted_out' ? 'unsubscribed' : why }
    for (const statement of kind === 'customer' ? run.toCustomer : run.toAddress) statement.run(took)
    const said = { ...place, at, source, by: by ?? null, note: note ?? null }
    if (before === why && at > (since ?? 0)) run.again.run(said)
    if (before !== null && gravity[before] >= gravity[why]) return false
    run.close.run({ ...said, why })
    if (kind !== 'customer' && channel !== everyChannel && !isRefusal[why])
      run.spare[kind].run({ address, at })
    return before === null
  }).immediate
}

export interface Unsubscription {
  readonly customerId: string
  readonly channel: string
  readonly at: number
  /** `reply`, `link` or `person`. */
  readonly source: string
  /** Where the answer came from, or where the message went; without it all of the customer's. */
  readonly address?: string | null
  readonly note?: string | null
}

/** The addresses by which a channel reaches a customer, the id where it has none of its kind. */
export function addressesOn({ sqlite }: BrandDatabase): (customerId: string, channel: string) => AddressOn[] {
  const read = sqlite.prepare<[string, string], { address: string }>(
    'select address from addresses where customer_id = ? and kind = ? and former_at is null order by added_at desc',
  )
  return (customerId, channel) => {
    const kind = keptKindOf(channel)
    const found = kind === 'customer' ? [] : read.all(customerId, kind)
    if (found.length === 0) return [{ kind: 'customer', address: customerId, channel }]
    return found.map(({ address }) => ({ kind, address, channel }))
  }
}

/**
 * Rule 20: stops marketing on a channel to the address that asked for it, or to all by which it reaches a
 * customer; at once, what is queued included. Answers whether it is new.
 */
export function unsubscriber(db: BrandDatabase): (unsubscription: Unsubscription) => boolean {
  const close = addressCloser(db)
  const addresses = addressesOn(db)
  return db.sqlite.transaction(({ customerId, channel, address, ...rest }: Unsubscription) => {
    const kind = keptKindOf(channel)
    const places =
      address && kind !== 'customer' ? [{ kind, address, channel }] : addresses(customerId, channel)
    return places.map((place) => close({ ...place, why: 'opted_out', ...rest })).includes(true)
  }).immediate
}

/** Opens an address again, by a person's word; answers whether it was closed. */
export function addressOpener({ sqlite }: BrandDatabase): (place: AddressOn) => boolean {
  const open = sqlite.prepare(
    `update address_states set closed_why = null, closed_at = null, closed_source = null, closed_by = null,
       note = null, held_at = null
     where kind = @kind and address = @address and channel = @channel and (closed_why is not null or held_at is not null)`,
  )
  return (place) => open.run(place).changes === 1
}
