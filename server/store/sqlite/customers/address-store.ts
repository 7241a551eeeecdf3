import { Problem } from '../../../../shared/errors/index.ts'
import { channelsMeant, everyChannel } from '../../../../shared/message/standing.ts'
import type { Act } from '../../../ports/acts.ts'
import type { AddressStore, KeptAddress } from '../../../ports/addresses.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { listBlacklist } from './blacklist.ts'
import { addressCloser, addressOpener } from './closing.ts'
import { consentKeeper } from './consents.ts'
import { addressesBorneBy, addressesOfCustomer, sharedAddresses } from './customer-addresses.ts'
import { decideDoubt, listDoubts } from './doubts.ts'

/** Of an address the log keeps enough to know it again. */
const hint = ({ kind, address }: KeptAddress): string =>
  kind === 'customer' ? address : `${address.slice(0, 3)}…${address.slice(-4)}`

/** Addresses over one brand's database. */
export function addressStore(db: BrandDatabase): AddressStore {
  const change = changer(db)
  const close = addressCloser(db)
  const open = addressOpener(db)
  const add = db.sqlite.prepare(
    `insert into addresses (customer_id, kind, address, added_at, source) values (?, ?, ?, ?, 'person')
     on conflict do update set former_at = null, added_at = excluded.added_at`,
  )
  const known = db.sqlite.prepare('select 1 from customers where id = ?')
  const keep = consentKeeper(db)
  const borne = db.sqlite.prepare(
    'select 1 from addresses where customer_id = ? and kind = ? and address = ?',
  )
  const bears = (customerId: string, { kind, address }: KeptAddress) =>
    kind === 'customer' ? address === customerId : borne.get(customerId, kind, address) !== undefined
  const lastSaid = db.sqlite
    .prepare<KeptAddress & { channel: string }, number>(
      `select max(coalesce(consent_at, 0), coalesce(closed_at, 0), coalesce(opened_at, 0)) from address_states
       where kind = @kind and address = @address and channel = @channel`,
    )
    .pluck()
  const listed = db.sqlite.prepare<KeptAddress, { found: number }>(
    `select 1 as found from address_states where kind = @kind and address = @address and channel = '${everyChannel}'
       and closed_why = 'blacklisted'`,
  )
  /** The blacklist is a list of its own: an address is taken off it there. */
  const isListed = ({ kind, address }: KeptAddress, channel: string): boolean =>
    channel === everyChannel && listed.get({ kind, address }) !== undefined
  const meant = ({ kind }: KeptAddress, channel: string): readonly string[] => {
    const channels = channelsMeant(kind, channel)
    if (channels.length === 0) throw new Problem('not-found', { what: channel }, 'channel')
    return channels
  }
  const byWhom = ({ at, actor }: Act) => ({ at, by: actor.id })
  const reopen = (act: Act, address: KeptAddress, channel: string): void => {
    if (!open({ ...address, channel }, byWhom(act)))
      throw new Problem('not-found', { what: hint(address) }, 'address')
  }
  return {
    ofCustomer: async (id) => addressesOfCustomer(db, id),
    borneBy: async (customers) => addressesBorneBy(db, customers),
    blacklisted: async (page) => listBlacklist(db, page),
    doubts: async (limit) => listDoubts(db, limit),
    shared: async (page) => sharedAddresses(db, page),
    blacklist: async (act, entries) =>
      change(
        act,
        () => {
          const { at, actor } = act
          const given = {
            channel: everyChannel,
            why: 'blacklisted',
            at,
            source: actor.kind,
            by: actor.id,
          } as const
          return entries.filter(({ reason, ...place }) => close({ ...place, ...given, note: reason })).length
        },
        (added) => ({ action: 'address.blacklisted', id: '', detail: { count: entries.length, added } }),
      ),
    unblacklist: async (act, address) =>
      change(
        act,
        () => reopen(act, address, everyChannel),
        () => ({ action: 'address.unblacklisted', id: hint(address) }),
      ),
    decide: async (act, id, decision) =>
      change(
        act,
        () => decideDoubt(db, id, decision, { at: act.at, by: act.actor.id }),
        () => ({ action: 'address.reply_decided', id: String(id), detail: { decision } }),
      ),
    close: async (act, address, channel, note) =>
      change(
        act,
        () => {
          const { at, actor } = act
          const said = { why: 'opted_out', at, source: 'person', by: actor.id, note } as const
          for (const one of meant(address, channel)) close({ ...address, channel: one, ...said })
        },
        () => ({ action: 'address.closed', id: hint(address), detail: { channel } }),
      ),
    open: async (act, address, channel) =>
      change(
        act,
        () => {
          const channels = [...meant(address, channel), ...(channel === everyChannel ? [everyChannel] : [])]
          const opened = channels.filter(
            (one) => !isListed(address, one) && open({ ...address, channel: one }, byWhom(act)),
          )
          if (opened.length === 0) throw new Problem('not-found', { what: hint(address) }, 'address')
        },
        () => ({ action: 'address.opened', id: hint(address), detail: { channel } }),
      ),
    consent: async (act, customerId, address, { channel, given, reason }) =>
      change(
        act,
        () => {
          const [one] = meant(address, channel)
          if (!bears(customerId, address) || one === undefined || channel === everyChannel)
            throw new Problem('not-found', { what: hint(address) }, 'address')
          const place = { ...address, channel: one }
          // The clock of a sandbox stands still between two words: the later one holds all the same.
          const at = Math.max(act.at, (lastSaid.get(place) ?? 0) + 1)
          keep({ ...place, consent: given, source: 'person', proof: reason, given: at, heard: at })
          if (given) open(place, { at, by: act.actor.id })
          else close({ ...place, why: 'opted_out', at, source: 'person', by: act.actor.id, note: reason })
        },
        () => ({
          action: given ? 'customer.consent_given' : 'customer.consent_withdrawn',
          id: customerId,
          detail: { channel },
        }),
      ),
    add: async (act, customerId, { kind, address }) =>
      change(
        act,
        () => {
          if (known.get(customerId) === undefined)
            throw new Problem('unknown-customer', { customer: customerId }, 'id')
          add.run(customerId, kind, address, act.at)
        },
        () => ({ action: 'address.added', id: customerId, detail: { kind } }),
      ),
  }
}
