import type { ErasureLook, ErasureRemoved } from '../../../../shared/api/erasures.ts'
import { maskEmail, maskPhone } from '../../../../shared/channels/address/mask.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { ErasureStore } from '../../../ports/erasures.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { aliasReader } from '../persons/aliases.ts'
import { findCertificate, listCertificates } from './certificates.ts'
import { peopleReader } from './people.ts'

const nothing: ErasureRemoved = { tables: {}, files: { files: 0, lines: 0 }, written: [] }

const masked = (address: string) => (address.includes('@') ? maskEmail(address) : maskPhone(address)) ?? ''

function lookAt({ sqlite }: BrandDatabase, id: string): ErasureLook {
  const customer = sqlite
    .prepare<[string], ErasureLook['customer']>('select id, name from customers where id = ?')
    .get(id)
  if (customer === undefined) throw new Problem('not-found', { what: id }, 'customer')
  const holds = sqlite
    .prepare<{ id: string }, ErasureLook['holds']>(
      `select (select count(*) from enrollments where customer_id = @id and ended_at is null) as underWay,
         (select count(*) from messages where customer_id = @id and status in ('queued', 'held')) as queued,
         (select count(*) from messages where customer_id = @id) as messages,
         (select count(*) from events where customer_id = @id) as events,
         (select count(*) from addresses where customer_id = @id) as addresses`,
    )
    .get({ id })
  const bearers = sqlite
    .prepare<{ id: string }, { id: string; name: string | null; address: string }>(
      `select c.id, c.name, a.address from addresses own
         join addresses a on a.kind = own.kind and a.address = own.address and a.customer_id <> @id
         join customers c on c.id = a.customer_id
       where own.customer_id = @id order by c.id limit 200`,
    )
    .all({ id })
  const sharing = new Map<string, ErasureLook['sharing'][number]>()
  for (const { address, ...one } of bearers) {
    const known = sharing.get(one.id)
    if (known === undefined) sharing.set(one.id, { ...one, addresses: [masked(address)] })
    else known.addresses.push(masked(address))
  }
  return {
    customer,
    holds: holds ?? { underWay: 0, queued: 0, messages: 0, events: 0, addresses: 0 },
    sharing: [...sharing.values()],
  }
}

/** Erasures of people as the brand's pages and the API see them. */
export function erasureStore(db: BrandDatabase): ErasureStore {
  const change = changer(db)
  const readPeople = peopleReader(db)
  const aliases = aliasReader(db)
  const stranger = db.sqlite.prepare<[string], { at: number; id: string }>(
    `select key as at, value as id from json_each(?) where value not in (select id from customers) limit 1`,
  )
  const ask = db.sqlite.prepare(
    `insert into erasures (id, status, people, records, asked_at, asked_by, remembered, removed)
     values (@id, 'asked', @people, @records, @at, @by, @remembered, @removed)`,
  )
  return {
    look: async (id) => lookAt(db, id),
    list: async (page) => listCertificates(db, page),
    find: async (id) => findCertificate(db, id),
    ask: async (act, { id, customerIds, remember }) =>
      change(
        act,
        () => {
          const merged = aliases(customerIds)
          const ids = [...new Set(customerIds.map((one) => merged.get(one) ?? one))]
          const unknown = stranger.get(JSON.stringify(ids))
          if (unknown !== undefined)
            throw new Problem('unknown-customer', { customer: unknown.id }, `customerIds.${unknown.at}`)
          ask.run({
            id,
            people: JSON.stringify(readPeople(ids)),
            records: ids.length,
            at: act.realAt,
            by: JSON.stringify(act.actor),
            remembered: remember ? 1 : 0,
            removed: JSON.stringify(nothing),
          })
          return { id }
        },
        () => ({ action: 'erasure.asked', id, detail: { count: customerIds.length } }),
      ),
  }
}
