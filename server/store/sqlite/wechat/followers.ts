import type { TalkKind } from '../../../../shared/channels/wechat.ts'
import { originOf } from '../../../../shared/origins/kinds.ts'
import type { Act } from '../../../ports/acts.ts'
import type { Followed, Seen } from '../../../ports/wechat.ts'
import { auditWriter } from '../audit/audit.ts'
import { addressCloser } from '../customers/closing.ts'
import { customerSaver } from '../customers/customers.ts'
import { wordKeeper } from '../customers/words.ts'
import type { BrandDatabase } from '../database.ts'
import { identifierKeeper } from '../persons/identifiers.ts'
import { pairKeeper } from '../persons/pairs.ts'
import { grantKeeper } from './grants.ts'

/** Why an address was closed by WeChat: whoever follows again opens it. An opt-out stays what it is. */
const byWechat: ReadonlySet<string> = new Set(['block', 'invalid'])

const placeOf = (openid: string) => ({ kind: 'openid', address: openid, channel: 'wechat' }) as const

/**
 * Who follows the account, within the caller's transaction. Which of two tellings is the later one is said by their own
 * times, so that it comes to the same in whichever order they come in, and however often.
 */
export function followerKeeper(db: BrandDatabase) {
  const { sqlite } = db
  const identifiers = identifierKeeper(db)
  const pairs = pairKeeper(db)
  const save = customerSaver(db, { source: 'api' })
  const words = wordKeeper(db)
  const close = addressCloser(db)
  const audit = auditWriter(db)
  const grants = grantKeeper(db)
  const pluck = <T>(sql: string) => sqlite.prepare<unknown[], T>(sql).pluck()
  const byIdentifier = pluck<string>(
    'select customer_id from identifiers where kind = ? and scope = ? and value = ?',
  )
  const byFollower = pluck<string>('select customer_id from wechat_followers where openid = ?')
  const byId = pluck<string>('select id from customers where id = ?')
  const seen = sqlite.prepare(
    `insert into wechat_followers (openid, customer_id, followed_at, source)
     values (@openid, @customerId, @followedAt, @source)
     on conflict do update set customer_id = excluded.customer_id, source = coalesce(source, excluded.source),
       followed_at = max(followed_at, excluded.followed_at)`,
  )
  const left = sqlite.prepare(
    'update wechat_followers set left_at = max(coalesce(left_at, 0), @at) where openid = @openid',
  )
  const isGone = pluck<number>(
    'select exists (select 1 from wechat_followers where openid = ? and left_at is not null and left_at >= followed_at)',
  )
  const address = sqlite.prepare(
    `insert into addresses (customer_id, kind, address, added_at, source, verified_at)
     values (@customerId, 'openid', @openid, @at, 'wechat', @at)
     on conflict do update set former_at = null`,
  )
  const closedBy = pluck<string | null>(
    `select closed_why from address_states where kind = 'openid' and address = ? and channel = 'wechat'`,
  )

  /** Whoever has the identifier, or bears the id that files of WeChat's give, else somebody new. */
  const customerOf = (act: Act, { openid, appId, unionid }: Seen): string => {
    const known =
      byIdentifier.get('openid', appId, openid) ??
      byFollower.get(openid) ??
      (unionid === null ? undefined : byIdentifier.get('unionid', '', unionid)) ??
      byId.get(openid)
    if (known !== undefined) return known
    save([{ id: openid, name: null, attributes: {} }], act.at, originOf(act.actor))
    audit(act, 'records.taken', '', { kind: 'customers', imported: 1 })
    return openid
  }

  /** That an identifier is theirs; whom it names beside them is for a person to say. */
  const attach = (
    act: Act,
    customerId: string,
    {
      kind,
      scope,
      value,
    }: { readonly kind: 'openid' | 'unionid'; readonly scope: string; readonly value: string },
  ): void => {
    const claim = { customerId, kind, scope, value, verified: true, at: act.at, source: 'wechat' }
    const met = identifiers.meet(claim, {})
    const [other] = met.others
    if (other === undefined) identifiers.keep(claim, met, originOf(act.actor))
    else
      pairs.wait(customerId, other.bearer.customerId, {
        ...{ kind, hint: value.slice(-4), why: 'rule', foundAt: act.at },
      })
  }

  const known = (act: Act, who: Seen, followedAt: number, source: string | null): string => {
    const { openid, appId, unionid } = who
    const customerId = customerOf(act, who)
    attach(act, customerId, { kind: 'openid', scope: appId, value: openid })
    if (unionid !== null) attach(act, customerId, { kind: 'unionid', scope: '', value: unionid })
    seen.run({ openid, customerId, followedAt, source })
    address.run({ customerId, openid, at: act.at })
    return customerId
  }

  const part = (act: Pick<Act, 'at'>, openid: string, at: number): void => {
    left.run({ openid, at })
    if (isGone.get(openid) !== 1) return
    grants.closed(openid)
    close({ ...placeOf(openid), why: 'block', at: act.at, source: 'report', note: null })
  }

  return {
    isKnown: (openid: string): boolean => byFollower.get(openid) !== undefined,
    followed(act: Act, follower: Followed): string {
      const { openid, at, source } = follower
      const customerId = known(act, follower, at, source)
      if (isGone.get(openid) === 1) return customerId
      if (byWechat.has(closedBy.get(openid) ?? '')) words.open(placeOf(openid), { at: act.at, by: 'wechat' })
      grants.given(openid, customerId, 'acted', at)
      return customerId
    },
    unfollowed(act: Act, { openid, appId, at }: Omit<Seen, 'unionid'>): string | null {
      const customerId = byFollower.get(openid) ?? byIdentifier.get('openid', appId, openid)
      if (customerId === undefined) return null
      // One whom nobody has heard to follow does not from then on all the same.
      seen.run({ openid, customerId, followedAt: 0, source: null })
      part(act, openid, at)
      return customerId
    },
    acted(act: Act, who: Seen, kind: TalkKind | null): string {
      const customerId = known(act, who, 0, null)
      if (kind !== null) grants.given(who.openid, customerId, kind, who.at)
      return customerId
    },
    /** WeChat says so of whoever was written to. */
    stranger(openid: string, now: number): void {
      if (byFollower.get(openid) !== undefined) part({ at: now }, openid, now)
    },
  }
}
