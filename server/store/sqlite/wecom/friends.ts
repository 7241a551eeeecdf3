import { originOf } from '../../../../shared/origins/kinds.ts'
import type { Act } from '../../../ports/acts.ts'
import type { Befriended, FriendDetails, FriendOf, Parted } from '../../../ports/wecom.ts'
import { auditWriter } from '../audit/audit.ts'
import { addressCloser } from '../customers/closing.ts'
import { customerSaver } from '../customers/customers.ts'
import { wordKeeper } from '../customers/words.ts'
import type { BrandDatabase } from '../database.ts'
import { identifierKeeper } from '../persons/identifiers.ts'
import { pairKeeper } from '../persons/pairs.ts'
import { ownerWriter } from '../staff/give.ts'

/** How long a code is kept; it serves for twenty seconds (ms). */
const codesKeptMs = 3_600_000

/** Why an address was closed by WeCom: a later friendship opens it again. An opt-out stays what it is. */
const byWecom: ReadonlySet<string> = new Set(['block', 'invalid'])

/**
 * Who is whose friend, within the caller's transaction. Which of two tellings is the later one is said by their own
 * times, so that it comes to the same in whichever order they come in, and however often.
 */
export function friendKeeper(db: BrandDatabase) {
  const { sqlite } = db
  const identifiers = identifierKeeper(db)
  const pairs = pairKeeper(db)
  const save = customerSaver(db, { source: 'api' })
  const words = wordKeeper(db)
  const close = addressCloser(db)
  const owner = ownerWriter(db)
  const audit = auditWriter(db)
  const pluck = <T>(sql: string) => sqlite.prepare<unknown[], T>(sql).pluck()
  const byIdentifier = pluck<string>(
    `select customer_id from identifiers where kind = ? and scope = '' and value = ?`,
  )
  const byFollow = pluck<string>('select customer_id from wecom_follows where external_user_id = ? limit 1')
  const byId = pluck<string>('select id from customers where id = ?')
  const unnamed = sqlite.prepare(
    `update customers set name = @name, updated_at = max(updated_at, @at) where id = @id and coalesce(name, '') = ''`,
  )
  const follow = sqlite.prepare(
    `insert into wecom_follows (external_user_id, user_id, customer_id, added_at, state)
     values (@externalUserId, @userId, @customerId, @at, @state)
     on conflict do update set customer_id = excluded.customer_id,
       state = iif(excluded.added_at >= added_at, coalesce(excluded.state, state), state),
       added_at = max(added_at, excluded.added_at)`,
  )
  const part = sqlite.prepare(
    `update wecom_follows set removed_at = max(coalesce(removed_at, 0), @at)
     where external_user_id = @externalUserId and user_id = @userId`,
  )
  const isFriend = pluck<number>(
    `select exists (select 1 from wecom_follows where external_user_id = ?
       and (removed_at is null or removed_at < added_at))`,
  )
  const address = sqlite.prepare(
    `insert into addresses (customer_id, kind, address, added_at, source, verified_at)
     values (@customerId, 'external_userid', @externalUserId, @at, 'wecom', @at)
     on conflict do update set former_at = null`,
  )
  const closedBy = pluck<string | null>(
    `select closed_why from address_states where kind = 'external_userid' and address = ? and channel = 'wecom'`,
  )
  const note = sqlite.prepare(
    `insert or ignore into wecom_codes (code, external_user_id, user_id, customer_id, at)
     values (@code, @externalUserId, @userId, @customerId, @at)`,
  )
  const forget = sqlite.prepare('delete from wecom_codes where at < ?')
  const staffOf = pluck<string>('select id from staff where wecom = ? and active = 1 order by id limit 1')

  /** Whoever has the identifier, or bears the id that files of WeCom's give, else somebody new. */
  const customerOf = (act: Act, { externalUserId, details }: Befriended): string => {
    const unionid = details?.unionid ?? null
    const known =
      byIdentifier.get('external_userid', externalUserId) ??
      byFollow.get(externalUserId) ??
      (unionid === null ? undefined : byIdentifier.get('unionid', unionid)) ??
      byId.get(externalUserId)
    if (known !== undefined) return known
    const name = details?.name ?? null
    save([{ id: externalUserId, name, attributes: {} }], act.at, originOf(act.actor))
    audit(act, 'records.taken', '', { kind: 'customers', imported: 1 })
    return externalUserId
  }

  /** That an identifier is theirs; whom it names beside them is for a person to say. */
  const attach = (act: Act, customerId: string, kind: 'external_userid' | 'unionid', value: string): void => {
    const claim = { customerId, kind, scope: '', value, verified: true, at: act.at, source: 'wecom' }
    const met = identifiers.meet(claim, {})
    const [other] = met.others
    if (other === undefined) identifiers.keep(claim, met, originOf(act.actor))
    else
      pairs.wait(customerId, other.bearer.customerId, {
        ...{ kind, hint: value.slice(-4), why: 'rule', foundAt: act.at },
      })
  }

  const ofFriend = (customerId: string, userId: string): FriendOf => ({
    customerId,
    staff: staffOf.get(userId) ?? null,
  })

  const placeOf = (externalUserId: string) =>
    ({ kind: 'external_userid', address: externalUserId, channel: 'wecom' }) as const

  /** Opens or closes the address, as what is known of all employees together says. */
  const judge = (act: Act, externalUserId: string, parting: Parted | null): void => {
    const place = placeOf(externalUserId)
    if (isFriend.get(externalUserId) === 1) {
      if (byWecom.has(closedBy.get(externalUserId) ?? '')) words.open(place, { at: act.at, by: 'wecom' })
      return
    }
    if (parting === null) return
    const why = parting.by === 'customer' ? 'block' : 'invalid'
    close({ ...place, why, at: act.at, source: 'report', note: parting.userId })
  }

  const friendsOf = sqlite.prepare<[string, number], { externalUserId: string; userId: string }>(
    `select external_user_id as externalUserId, user_id as userId from wecom_follows
     where user_id in (select value from json_each(?)) and added_at < ?
       and (removed_at is null or removed_at < added_at)`,
  )

  return {
    friendsOf: (userIds: readonly string[], before: number) => friendsOf.all(JSON.stringify(userIds), before),
    befriended(act: Act, friend: Befriended): FriendOf {
      const { externalUserId, userId, at, state, code, details, owns } = friend
      const customerId = customerOf(act, friend)
      attach(act, customerId, 'external_userid', externalUserId)
      if (details?.unionid != null) attach(act, customerId, 'unionid', details.unionid)
      if (details?.name != null) unnamed.run({ id: customerId, name: details.name, at: act.at })
      follow.run({ externalUserId, userId, customerId, at, state })
      address.run({ customerId, externalUserId, at: act.at })
      if (code !== null) {
        forget.run(at - codesKeptMs)
        note.run({ code, externalUserId, userId, customerId, at })
      }
      judge(act, externalUserId, null)
      const found = ofFriend(customerId, userId)
      if (owns && found.staff !== null && owner.current(customerId) === null) {
        owner.own(customerId, found.staff, { at: act.at, by: 'rule', rule: null })
        audit(act, 'customer.assigned', '', { count: 1 })
      }
      return found
    },
    described(act: Act, { externalUserId, name, unionid }: FriendDetails & { externalUserId: string }): void {
      const customerId = byFollow.get(externalUserId)
      if (customerId === undefined) return
      if (unionid !== null) attach(act, customerId, 'unionid', unionid)
      if (name !== null) unnamed.run({ id: customerId, name, at: act.at })
    },
    parted(act: Act, parting: Parted): FriendOf | null {
      const { externalUserId, userId, at } = parting
      const customerId = byFollow.get(externalUserId) ?? byIdentifier.get('external_userid', externalUserId)
      if (customerId === undefined) return null
      // One whom nobody has heard to be a friend is none from then on all the same.
      follow.run({ externalUserId, userId, customerId, at: 0, state: null })
      part.run({ externalUserId, userId, at })
      judge(act, externalUserId, parting)
      return ofFriend(customerId, userId)
    },
  }
}
