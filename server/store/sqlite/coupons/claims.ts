import type Database from 'better-sqlite3'
import { couponEvents } from '../../../../shared/coupons/events.ts'
import { claimedOf } from '../../../../shared/effects/coupon.ts'
import type { EffectOf } from '../../../../shared/effects/index.ts'
import { shardOf } from '../enrollments/shard.ts'

/** What a code is handed out by. */
export interface Handing {
  readonly enrollmentId: number
  readonly node: string
  readonly customerId: string
  readonly journeyId: string
  readonly at: number
}

/** The code is in its pool no more, or the customer has got one meanwhile: the step is to be taken anew. */
export class CouponGone extends Error {
  constructor(key: string) {
    super(`a code of the coupon ${key} has gone to somebody else meanwhile`)
  }
}

/**
 * Hands a code out, within the transaction that saves the step: out of its pool, to its customer, and told as an event,
 * all of it or nothing. Throws CouponGone.
 */
export function couponHander(
  sqlite: Database.Database,
): (handing: Handing, effect: EffectOf<'coupon'>) => void {
  const take = sqlite.prepare('delete from coupon_codes where code = ? and coupon = ?')
  const inPool = sqlite.prepare<[string], number>('select 1 from coupon_codes where code = ?').pluck()
  const held = sqlite
    .prepare<[string, string], number>('select count(*) from coupons where customer_id = ? and coupon = ?')
    .pluck()
  const keep = sqlite.prepare(
    `insert into coupons (code, enrollment_id, node, customer_id, journey_id, value, min_spend, name, issued_at,
       expires_at, coupon, kind, percent, applies, usable_from, due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tell = sqlite.prepare(
    `insert or ignore into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
     values (?, ?, ?, '${couponEvents.claimed}', ?, null, ?, ?, 'journey', 1)`,
  )
  const claim = (
    key: string,
    code: string,
    customerId: string,
    by: NonNullable<EffectOf<'coupon'>['claim']>,
  ) => {
    const { supply, most } = by
    if (most !== null && (held.get(customerId, key) ?? 0) >= most) throw new CouponGone(key)
    // One that is made may by chance be one that waits in a pool.
    const gone = supply === 'pool' ? take.run(code, key).changes === 0 : inPool.get(code) !== undefined
    if (gone) throw new CouponGone(key)
  }
  return ({ enrollmentId, node, customerId, journeyId, at }, { coupon, claim: by }) => {
    const { code, value, minSpend, name, expiresAt, of = null, kind = 'amount', percent = null } = coupon
    const { applies, from = null, remindAt = expiresAt } = coupon
    if (of !== null && by !== undefined) claim(of, code, customerId, by)
    const words = applies === undefined ? null : JSON.stringify(applies)
    keep.run(
      ...[code, enrollmentId, node, customerId, journeyId, value, minSpend, JSON.stringify(name), at],
      ...[expiresAt, of, kind, percent, words, from, remindAt],
    )
    const { id, properties } = claimedOf(coupon, { journeyId, node, at })
    tell.run(id, customerId, shardOf(customerId), at, JSON.stringify(properties), at)
  }
}
