import { z } from 'zod'
import { type AddressTimes, addressTime } from '../../shared/conditions/address-times.ts'

/** The channels of whose marketing a consent is kept, by the kind of address that they write to. */
const channelSql = (kind: string): string =>
  `case ${kind} when 'phone' then 'sms' when 'email' then 'email' end`

/** What stands behind a channel in the names of times. */
const suffix = (what: Parameters<typeof addressTime>[1]): string => `'${addressTime('', what)}'`

/**
 * Of a customer, a row of `customers` by this name: the times of the addresses in use, as a JSON object; null where there
 * is none. One text for whoever reads one customer and for the copy, so that both know the same.
 */
export function addressTimesSql(customer: string): string {
  const inUse = `a.customer_id = ${customer}.id
    and a.address = case a.kind when 'phone' then ${customer}.phone when 'email' then ${customer}.email end`
  return `nullif((select json_group_object(x.name, x.at) from (
    select ${channelSql('a.kind')} || ${suffix('verified')} as name, a.verified_at as at
      from addresses a where ${inUse} and typeof(a.verified_at) = 'integer'
    union all
    select s.channel || iif(s.consent = 1, ${suffix('agreed')}, ${suffix('refused')}), s.consent_at
      from addresses a join address_states s
        on s.kind = a.kind and s.address = a.address and s.channel = ${channelSql('a.kind')}
      where ${inUse} and s.consent is not null and s.consent_dated = 1 and typeof(s.consent_at) = 'integer') x), '{}')`
}

const times = z.record(z.string(), z.number())

/** What `addressTimesSql` has written. */
export const timesIn = (written: string): AddressTimes => times.parse(JSON.parse(written))
