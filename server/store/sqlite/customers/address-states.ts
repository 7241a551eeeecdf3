import type Database from 'better-sqlite3'
import type { KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import { type AddressState, closedWhyIn } from '../../../../shared/message/standing.ts'

type StateRow = [
  customerId: string,
  kind: KeptAddressKind,
  address: string,
  channel: string,
  consent: number | null,
  consentAt: number | null,
  closedWhy: string | null,
  closedAt: number | null,
  heldAt: number | null,
]

const columns =
  's.kind, s.address, s.channel, s.consent, iif(s.consent_dated = 1, s.consent_at, null), s.closed_why, s.closed_at, s.held_at'

const none: readonly AddressState[] = []

/** What the addresses of customers have said, those that they bear no more among them; one query a batch. */
export function addressStatesReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (customerId: string) => readonly AddressState[] {
  const read = sqlite
    .prepare<{ ids: string }, StateRow>(
      `select a.customer_id, ${columns} from json_each(@ids) i
         join addresses a on a.customer_id = i.value
         join address_states s on s.kind = a.kind and s.address = a.address
       union all
       select i.value, ${columns} from json_each(@ids) i
         join address_states s on s.kind = 'customer' and s.address = i.value`,
    )
    .raw()
  return (ids) => {
    const found = new Map<string, AddressState[]>()
    for (const row of read.all({ ids: JSON.stringify(ids) })) {
      const state = stateOf(row)
      const known = found.get(row[0])
      if (known === undefined) found.set(row[0], [state])
      else known.push(state)
    }
    return (id) => found.get(id) ?? none
  }
}

function stateOf(row: StateRow): AddressState {
  const [, kind, address, channel, consent, consentAt, closedWhy, closedAt, heldAt] = row
  return {
    kind,
    address,
    channel,
    consent: consent === null ? null : consent === 1,
    consentAt,
    closedWhy: closedWhyIn(closedWhy),
    closedAt,
    held: heldAt !== null,
  }
}
