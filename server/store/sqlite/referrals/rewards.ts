import { randomInt } from 'node:crypto'
import { type CouponDefinition, couponDefinition } from '../../../../shared/coupons/definition.ts'
import { validityOf } from '../../../../shared/coupons/give.ts'
import { codeBy } from '../../../../shared/coupons/pattern.ts'
import { claimedOf } from '../../../../shared/effects/coupon.ts'
import type { Reward } from '../../../../shared/referrals/definition.ts'
import { referralEvents } from '../../../../shared/referrals/events.ts'
import type { RewardLack, RewardRole } from '../../../../shared/referrals/states.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand } from '../settings/meta.ts'
import { readColumn } from '../stored-json.ts'
import { referralTeller } from './telling.ts'

interface Giving {
  readonly programme: number
  readonly key: string
  readonly customerId: string
  /** What it is for: nobody is given anything for it twice. */
  readonly of: string
  readonly role: RewardRole
  readonly reward: Reward
  readonly count: number
  readonly now: number
}

type Handed =
  | { readonly code: string; readonly lack: null }
  | { readonly code: null; readonly lack: RewardLack }
const without = (lack: RewardLack): Handed => ({ code: null, lack })

/** What a code that is handed out by a reward stands under, in place of a journey's node. */
const ofNode = 'referral'

/** Hands out codes of the brand's coupons beside any journey, within the caller's transaction. */
function codeHander(db: BrandDatabase): (coupon: string, customerId: string, now: number) => Handed {
  const { sqlite } = db
  const definition = sqlite
    .prepare<[string], string>('select definition from coupon_definitions where key = ?')
    .pluck()
  const first = sqlite
    .prepare<[string], string>('select code from coupon_codes where coupon = ? order by seq limit 1')
    .pluck()
  const take = sqlite.prepare('delete from coupon_codes where code = ?')
  const isKnown = sqlite
    .prepare<{ code: string }, number>(
      'select 1 from coupon_codes where code = @code union all select 1 from coupons where code = @code',
    )
    .pluck()
  const held = sqlite
    .prepare<[string, string], number>('select count(*) from coupons where customer_id = ? and coupon = ?')
    .pluck()
  const keep = sqlite.prepare(
    `insert into coupons (code, enrollment_id, node, customer_id, journey_id, value, min_spend, name, issued_at,
       expires_at, coupon, kind, percent, applies, usable_from, due_at)
     values (@code, 0, '${ofNode}', @customerId, '', @value, @minSpend, @name, @now, @expiresAt, @key, @kind, @percent,
       @applies, @from, @dueAt)`,
  )
  const tell = referralTeller(sqlite)
  /** A code that nobody has; null where the pool is empty. */
  const drawn = ({ key, supply, pattern }: CouponDefinition): string | null => {
    if (supply === 'pool') return first.get(key) ?? null
    let code = codeBy(pattern, randomInt)
    while (isKnown.get({ code }) !== undefined) code = codeBy(pattern, randomInt)
    return code
  }
  return (key, customerId, now) => {
    const text = definition.get(key)
    const read = text === undefined ? null : readColumn(text, couponDefinition)
    if (read === null || !read.readable) return without('unknown')
    const coupon = read.value
    const validity = coupon.open ? validityOf(coupon, now, readBrand(db).zone) : null
    if (validity === null) return without('over')
    const { perPerson, supply, value, minSpend, name, kind, percent, applies } = coupon
    if (perPerson !== null && (held.get(customerId, key) ?? 0) >= perPerson) return without('has_enough')
    const code = drawn(coupon)
    if (code === null) return without('none_left')
    if (supply === 'pool') take.run(code)
    const { from, expiresAt, remindAt } = validity
    const words = { name: JSON.stringify(name), applies: applies === null ? null : JSON.stringify(applies) }
    const times = { now, from, expiresAt, dueAt: remindAt ?? expiresAt }
    keep.run({ code, customerId, key, value, minSpend, kind, percent, ...words, ...times })
    const given = { code, value, minSpend, expiresAt, name, of: key, kind }
    tell({ customerId, ...claimedOf(given, { journeyId: '', node: ofNode, at: now }) })
    return { code, lack: null }
  }
}

/** Gives what somebody has earned, once, within the caller's transaction. */
export function rewardGiver(db: BrandDatabase) {
  const { sqlite } = db
  const note = sqlite.prepare(
    `insert or ignore into referral_rewards (programme, customer_id, of, at, tag, coupon)
     values (@programme, @customerId, @of, @now, @tag, @coupon)`,
  )
  const end = sqlite.prepare(
    'update referral_rewards set code = ?, lack = ? where programme = ? and customer_id = ? and of = ?',
  )
  const addTag = sqlite.prepare(
    `insert or ignore into tags (customer_id, tag, at, source)
     select @customerId, @tag, @now, null where exists (select 1 from customers where id = @customerId)`,
  )
  // Which coupons have codes again is asked of the few that there are, not of all who wait.
  const refilled = sqlite
    .prepare<[], string>(
      `select key from coupon_definitions d where (remaining > 0 or definition ->> 'supply' = 'made')
         and exists (select 1 from referral_rewards where lack = 'none_left' and coupon = d.key)`,
    )
    .pluck()
  const lacking = sqlite.prepare<[string, number], { programme: number; customerId: string; of: string }>(
    `select programme, customer_id as customerId, of from referral_rewards
     where lack = 'none_left' and coupon = ? order by at limit ?`,
  )
  const hand = codeHander(db)
  const tell = referralTeller(sqlite)

  return {
    give({ programme, key, customerId, of, role, reward, count, now }: Giving): void {
      const { tag, coupon } = reward
      if (note.run({ programme, customerId, of, now, tag, coupon }).changes === 0) return
      if (tag !== null) addTag.run({ customerId, tag, now })
      const { code, lack } = coupon === null ? { code: null, lack: null } : hand(coupon, customerId, now)
      if (coupon !== null) end.run(code, lack, programme, customerId, of)
      const what = code === null || coupon === null ? {} : { coupon, coupon_code: code }
      const properties = { referral: key, role, count, ...what }
      tell({ id: `${key}:${of}`, customerId, name: referralEvents.rewarded, at: now, properties })
    },
    /** Gives codes that pools lacked, where there are some again. */
    make(now: number, limit: number): number {
      let made = 0
      for (const coupon of refilled.all())
        for (const { programme, customerId, of } of lacking.all(coupon, limit)) {
          const { code, lack } = hand(coupon, customerId, now)
          if (lack === 'none_left') break
          end.run(code, lack, programme, customerId, of)
          made += 1
        }
      return made
    },
  }
}
