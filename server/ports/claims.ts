import type { Clock, Elapsed, WallTime } from './clock.ts'

/** Shards are 0 to 255, hashed from the customer. */
export const lastShard = 255

/**
 * Who claims work, of which part of the customers, and for how long. What a worker has claimed nobody else takes
 * until its lease has run out; whoever is still at work renews it by claiming again.
 */
export interface Claimant {
  /** The same over restarts where the data belongs to one process: it then goes on with what was its own. */
  readonly worker: string
  /** From and up to, both included. */
  readonly shards: readonly [from: number, to: number]
  readonly leaseMs: number
  /** Epoch milliseconds of real time, also in a sandbox: a lease is about processes. */
  readonly now: WallTime
  /** By which the claimant itself judges how long it has held what: a clock that is set shortens no lease of its own. */
  readonly elapsed: Elapsed
}

/** Longer than any answer of a provider is waited for. */
const usualLeaseMs = 10 * 60_000

/** A process that has a brand's data to itself. */
export const alone = ({ now, elapsed }: Clock): Claimant => ({
  worker: 'main',
  shards: [0, lastShard],
  leaseMs: usualLeaseMs,
  now,
  elapsed,
})
