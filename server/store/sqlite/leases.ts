import type { Claimant } from '../../ports/claims.ts'
import type { Mark } from '../../ports/clock.ts'
import type { BrandDatabase } from './database.ts'

/** What is claimed by shards: rows of it are not marked one by one, which would cost the hot path a write each. */
export type LeasedWork = 'enrollments' | 'asks'

/** Whether the claimant has the work of its shards: it had, or takes it now; false where another has a part. */
export type TakeLease = (work: LeasedWork, by: Claimant) => boolean

export function leaseTaker({ sqlite }: Pick<BrandDatabase, 'sqlite'>): TakeLease {
  // A lease that ends later than one taken now was taken before the clock was set back: it holds no longer.
  const taken = sqlite.prepare<[string, string, number, number, number, number], { worker: string }>(
    `select worker from leases
     where work = ? and worker <> ? and until > ? and until <= ? and shard_from <= ? and shard_to >= ? limit 1`,
  )
  const keep = sqlite.prepare(
    `insert into leases (work, worker, shard_from, shard_to, until) values (?, ?, ?, ?, ?)
     on conflict (work, worker, shard_from) do update set shard_to = excluded.shard_to, until = excluded.until`,
  )
  /** Since when each lease is held: while half of it is left nothing is written. */
  const held = new Map<string, Mark>()
  const take = sqlite.transaction((work: LeasedWork, by: Claimant, now: number): boolean => {
    const [from, to] = by.shards
    if (taken.get(work, by.worker, now, now + by.leaseMs, to, from) !== undefined) return false
    keep.run(work, by.worker, from, to, now + by.leaseMs)
    return true
  })
  return (work, by) => {
    const key = `${work} ${by.worker} ${by.shards.join('-')}`
    const since = held.get(key)
    if (since !== undefined && by.elapsed.since(since) < by.leaseMs / 2) return true
    const has = take.immediate(work, by, by.now())
    if (has) held.set(key, by.elapsed.mark())
    else held.delete(key)
    return has
  }
}
