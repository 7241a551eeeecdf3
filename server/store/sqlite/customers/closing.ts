import { engineActor } from '../../../../shared/audit/actor.ts'
import type { KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import { type ClosedWhy, everyChannel, isRefusal, keptKindOf } from '../../../../shared/message/standing.ts'
import { originOf } from '../../../../shared/origins/kinds.ts'
import type { BrandDatabase } from '../database.ts'
import { originSet, sourceKeeper } from './origins.ts'
import { type AddressOn, wordKeeper } from './words.ts'

export interface Closing extends AddressOn {
  readonly why: ClosedWhy
  readonly at: number
  /** By which way: `reply`, `link`, `report`, `person`, `file`. */
  readonly source: string
  readonly by?: string | null
  /** The words, the report's detail, or the reason that a person gave. */
  readonly note?: string | null
}

/** Kinds of which a customer may have several, one of them in use. */
const hasSpares = (kind: KeptAddressKind): kind is 'phone' | 'email' => kind === 'phone' || kind === 'email'

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
    toAddress: both(bearers, 'recipient = @address'),
    toCustomer: both('(select @address)', '1'),
    /** The newest other address of the kind that is not dead takes the place of a dead one. */
    spare: {
      phone: sqlite.prepare(spareSql('phone')),
      email: sqlite.prepare(spareSql('email')),
    },
  }
}

/** Also where a graver word stands above it. */
const isDead = `(s.closed_why in ('hard_bounce', 'invalid') or max(coalesce(json_extract(s.words, '$.hard_bounce.at'), -1),
        coalesce(json_extract(s.words, '$.invalid.at'), -1)) >= coalesce(s.opened_at, 0))`

/** An address that takes the place of another does so by itself. */
const itself = originOf(engineActor)

const spareSql = (kind: 'phone' | 'email') => `
  update customers set ${kind} = (
    select a.address from addresses a where a.customer_id = customers.id and a.kind = '${kind}'
      and a.former_at is null and a.address <> @address
      and not exists (select 1 from address_states s where s.kind = a.kind and s.address = a.address
        and ${isDead})
    order by a.added_at desc limit 1), updated_at = @at, ${originSet(kind)}
  where ${kind} = @address and exists (
    select 1 from addresses a where a.customer_id = customers.id and a.kind = '${kind}'
      and a.former_at is null and a.address <> @address
      and not exists (select 1 from address_states s where s.kind = a.kind and s.address = a.address
        and ${isDead}))`

/**
 * Rules 12 and 20: closes an address on a channel at once, for every record that bears it now or later, and
 * takes back what is queued to it, within the caller's transaction or one of its own. An opt-out is of
 * marketing; the other reasons close it for everything. Answers whether it was open.
 */
export function addressCloser(db: BrandDatabase): (closing: Closing) => boolean {
  const run = statements(db)
  const words = wordKeeper(db)
  const sources = sourceKeeper(db)
  return db.sqlite.transaction(({ kind, address, channel, why, at, source, by, note }: Closing) => {
    const place = { kind, address, channel }
    const heard = words.close(place, why, { at, source, by: by ?? null, note: note ?? null })
    // Something later has been said already.
    if (!heard.holds) return false
    const all = why === 'opted_out' ? 0 : 1
    const took = { kind, address, channel, all, why: why === 'opted_out' ? 'unsubscribed' : why }
    for (const statement of kind === 'customer' ? run.toCustomer : run.toAddress) statement.run(took)
    if (hasSpares(kind) && channel !== everyChannel && !isRefusal[why])
      run.spare[kind].run({ address, at, source: sources.numberOf(itself) })
    return heard.before === null
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
export function addressOpener(
  db: BrandDatabase,
): (place: AddressOn, by: { readonly at: number; readonly by: string }) => boolean {
  return db.sqlite.transaction(wordKeeper(db).open).immediate
}
