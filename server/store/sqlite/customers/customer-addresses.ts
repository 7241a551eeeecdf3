import type { CustomerAddress, SharedAddress } from '../../../../shared/api/addresses.ts'
import { addressKinds, type KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import type { ClosedWhy } from '../../../../shared/message/standing.ts'
import type { Page } from '../../../ports/addresses.ts'
import type { BrandDatabase } from '../database.ts'

type Borne = Omit<CustomerAddress, 'ref'>

interface AddressRow extends Omit<Borne, 'used' | 'states'> {
  used: number
}

interface StateRow {
  kind: KeptAddressKind
  address: string
  channel: string
  consent: number | null
  consentSource: string | null
  consentProof: string | null
  consentAt: number | null
  closedWhy: ClosedWhy | null
  closedAt: number | null
  closedSource: string | null
  closedBy: string | null
  note: string | null
  heldAt: number | null
}

/** A customer's addresses with what each has said, the one in use first and former ones last. */
export function addressesOfCustomer({ sqlite }: BrandDatabase, id: string): Borne[] {
  const rows = sqlite
    .prepare<{ id: string }, AddressRow>(
      `select a.kind, a.address, a.added_at as addedAt, a.source, a.verified_at as verifiedAt, a.former_at as formerAt,
         (a.kind = 'phone' and a.address is c.phone) or (a.kind = 'email' and a.address is c.email)
           or (a.kind in ('external_userid', 'openid') and a.former_at is null) as used,
         (select count(*) from addresses b where b.address = a.address and b.kind = a.kind
           and b.customer_id <> a.customer_id and b.former_at is null) as shared
       from addresses a join customers c on c.id = a.customer_id where a.customer_id = @id
       union all
       select 'customer', c.id, null, 'profile', null, null, 1, 0 from customers c where c.id = @id
         and exists (select 1 from address_states s where s.kind = 'customer' and s.address = c.id)`,
    )
    .all({ id })
  const states = sqlite
    .prepare<[string], StateRow>(
      `select s.kind, s.address, s.channel, s.consent, s.consent_source as consentSource, s.consent_proof as consentProof,
         s.consent_at as consentAt, s.closed_why as closedWhy, s.closed_at as closedAt, s.closed_source as closedSource,
         s.closed_by as closedBy, s.note, s.held_at as heldAt
       from json_each(?) i join address_states s on s.kind = json_extract(i.value, '$[0]')
         and s.address = json_extract(i.value, '$[1]')`,
    )
    .all(JSON.stringify(rows.map(({ kind, address }) => [kind, address])))
  const order = ({ used, formerAt }: Borne) => (used ? 0 : formerAt === null ? 1 : 2)
  return rows
    .map((row) => ({
      ...row,
      used: row.used === 1,
      states: states
        .filter(({ kind, address }) => kind === row.kind && address === row.address)
        .map(({ kind: _kind, address: _address, consent, ...state }) => ({
          ...state,
          consent: consent === null ? null : consent === 1,
        })),
    }))
    .sort((a, b) => order(a) - order(b) || addressKinds.indexOf(a.kind) - addressKinds.indexOf(b.kind))
}

/** All phones and mailboxes of some customers, former ones among them. */
export function addressesBorneBy({ sqlite }: BrandDatabase, customers: readonly string[]): string[] {
  return sqlite
    .prepare<[string], string>(
      `select address from addresses where customer_id in (select value from json_each(?))
         and kind in ('phone', 'email')`,
    )
    .pluck()
    .all(JSON.stringify(customers))
}

/** Addresses that more than one customer bears now, and a few of who does. */
export function sharedAddresses(
  { sqlite }: BrandDatabase,
  { after = '', limit }: Page,
): { addresses: SharedAddress[]; total: number; next: string | null } {
  const shared = `select s.kind, s.address, count(*) as count from shared_addresses s
    join addresses a on a.address = s.address and a.kind = s.kind and a.former_at is null
    group by s.kind, s.address having count(*) > 1`
  const total = sqlite.prepare<[], { count: number }>(`select count(*) as count from (${shared})`).get()
  const rows = sqlite
    .prepare<[string, number], { kind: KeptAddressKind; address: string; count: number; key: string }>(
      `select *, kind || ':' || address as key from (${shared}) where kind || ':' || address > ? order by key limit ?`,
    )
    .all(after, limit + 1)
  const page = rows.slice(0, limit)
  const bearers = sqlite
    .prepare<[string], { kind: string; address: string; id: string; name: string | null }>(
      `select a.kind, a.address, c.id, c.name from json_each(?) i
         join addresses a on a.kind = json_extract(i.value, '$[0]') and a.address = json_extract(i.value, '$[1]')
         join customers c on c.id = a.customer_id where a.former_at is null order by c.id`,
    )
    .all(JSON.stringify(page.map(({ kind, address }) => [kind, address])))
  return {
    addresses: page.map(({ kind, address, count }) => ({
      kind,
      address,
      count,
      customers: bearers
        .filter((one) => one.kind === kind && one.address === address)
        .slice(0, 20)
        .map(({ id, name }) => ({ id, name })),
    })),
    total: total?.count ?? 0,
    next: rows.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}
