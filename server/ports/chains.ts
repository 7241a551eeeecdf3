import type { EffectOf } from '../../shared/effects/index.ts'
import type { Enrollment, Touch, TriedBefore } from '../../shared/nodes/type.ts'
import type { Claimant } from './claims.ts'

/** Where a message stands among those of its customer's passage. */
export interface MessagePlace {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly turn: number
}

/** A message that has surely not reached, and that another channel may follow. */
export interface DueTurn {
  readonly place: MessagePlace
  /** By which the message was made. */
  readonly version: number
  readonly decidedAt: number
  /** As it is by now, wherever it stands, with the coupons of then. */
  readonly enrollment: Enrollment
  readonly tried: TriedBefore
  /** The tries themselves, as the ceilings would count them. */
  readonly touches: readonly Touch[]
}

/** What comes of a turn: a message by another channel, a later moment, or nothing. */
export interface TakenTurn {
  readonly turn: DueTurn
  readonly to:
    | {
        readonly words: EffectOf<'send'>
        readonly whose: Pick<Enrollment, 'id' | 'journeyId' | 'version' | 'customerId'>
      }
    | { readonly later: number }
    | { readonly over: true }
}

export interface ChainStore {
  /** Of live journeys, in the claimant's shards, what failed first before the others. */
  dueTurns(now: number, limit: number, by: Pick<Claimant, 'shards'>): Promise<readonly DueTurn[]>
}
