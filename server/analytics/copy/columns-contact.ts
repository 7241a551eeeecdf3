import { z } from 'zod'
import { addressKinds } from '../../../shared/channels/address/address.ts'
import type { AddressTimes } from '../../../shared/conditions/address-times.ts'
import { contactMarks } from '../../../shared/conditions/contact.ts'
import { type AddressState, closedWhyIn, standingOf } from '../../../shared/message/standing.ts'
import { timesIn } from '../address-times.ts'
import { numberIn, textIn } from './columns-read.ts'

/** A number of a row that may hold anything: of bytes there is no JSON. */
const number = (column: string) =>
  `iif(typeof(${column}) = 'integer', ${column}, iif(${column} is null, null, 0))`

/** What the addresses of somebody have said of whom more is known than the profile says: a JSON list of rows. */
export const statesAsRead = `case t.noted when 1 then (
  select json_group_array(json_array(s.kind, cast(s.address as text), cast(s.channel as text), ${number('s.consent')},
    iif(s.consent_dated = 1, ${number('s.consent_at')}, null), cast(s.closed_why as text), ${number('s.closed_at')},
    ${number('s.held_at')}))
  from (select kind, address from addresses where customer_id = t.id union all select 'customer', t.id) a
    join address_states s on s.kind = a.kind and s.address = a.address) end`

/** By what WeCom knows somebody; of nobody where the brand has no friends there. */
export const friendAsRead = `iif(exists (select 1 from wecom_follows), (select cast(a.address as text) from addresses a
  where a.customer_id = t.id and a.kind = 'external_userid' and a.former_at is null
  order by a.added_at desc limit 1), null)`

/** By what the official account knows somebody. */
export const followerAsRead = `iif(exists (select 1 from wechat_followers), (select cast(a.address as text) from addresses a
  where a.customer_id = t.id and a.kind = 'openid' and a.former_at is null
  order by a.added_at desc limit 1), null)`

const moment = z.number().nullable()
const rows = z.array(
  z.tuple([
    z.enum(addressKinds),
    ...([z.string(), z.string(), moment, moment] as const),
    ...([z.string().nullable(), moment, moment] as const),
  ]),
)

/** What has been read by `statesAsRead`. */
function statesIn(written: string | null): readonly AddressState[] {
  if (written === null) return []
  return rows
    .parse(JSON.parse(written))
    .map(([kind, address, channel, consent, consentAt, closedWhy, closedAt, heldAt]) => ({
      ...{ kind, address, channel, consentAt, closedAt },
      closedWhy: closedWhyIn(closedWhy),
      consent: consent === null ? null : consent === 1,
      held: heldAt !== null,
    }))
}

interface Row {
  readonly id: string
  readonly phone: string | null
  readonly email: string | null
  readonly consentSms: unknown
  readonly consentEmail: unknown
  readonly states: unknown
  /** As `friendAsRead` has it. */
  readonly friend: unknown
  /** As `followerAsRead` has it. */
  readonly follower: unknown
  /** As `addressTimesSql` has them. */
  readonly times: unknown
}

const none: AddressTimes = {}

const saidIn = (value: unknown): boolean | null => {
  const number = numberIn(value)
  return number === null ? null : number === 1
}

/** What of each channel holds of a customer, as it does for whoever reads one; and as JSON since when, where it is known. */
export function contactsOf({
  id,
  phone,
  email,
  consentSms,
  consentEmail,
  states,
  times,
  friend,
  follower,
}: Row): readonly [marks: string, since: string | null] {
  const externalUserId = textIn(friend)
  const openid = textIn(follower)
  const standing = standingOf({ id, phone, email, externalUserId, openid }, statesIn(textIn(states)))
  const { closedSince = none } = standing
  const dated = textIn(times)
  const addressTimes = dated === null ? none : timesIn(dated)
  const since = { ...closedSince, ...addressTimes }
  const marks = contactMarks({
    ...{
      id,
      phone,
      email,
      externalUserId,
      openid,
      blacklisted: standing.blacklisted,
      closed: standing.closed,
      addressTimes,
    },
    consentSms: standing.consentSms ?? saidIn(consentSms),
    consentEmail: standing.consentEmail ?? saidIn(consentEmail),
  })
  return [marks, Object.keys(since).length === 0 ? null : JSON.stringify(since)]
}
