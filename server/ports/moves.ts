import type { EffectOf } from '../../shared/effects/index.ts'
import type { Fate, Mapping } from '../../shared/run/move.ts'
import type { StoredEnrollment } from './engine.ts'

/** What a publication has decided of those under way in earlier versions. */
export interface MovePlan {
  /** By version; who is on another one finishes there. */
  readonly fates: Readonly<Record<string, Exclude<Fate, 'finish'>>>
  readonly mapping: Mapping
  /** By version: nodes whose queued messages are said in the new words. */
  readonly reworded: Readonly<Record<string, readonly string[]>>
}

/** Where a move stands among a journey's passages, which go by customer and key. */
export type MoveCursor = readonly [customerId: string, entryKey: string]

/** A move under way: planned in the transaction of the publication, carried out in batches. */
export interface OpenMove extends MovePlan {
  readonly id: number
  readonly journeyId: string
  readonly toVersion: number
  readonly wordsDue: boolean
  /** The last passage that has been dealt with; null at the start. */
  readonly cursor: MoveCursor | null
  /** Whether the pass under way has dealt with anybody yet. */
  readonly passed: boolean
}

/** How far a batch brings a move; saved with the batch. */
export interface MoveProgress {
  readonly id: number
  /** Where it goes on; null: with another pass; `kept`: these were taken out of their turn. */
  readonly cursor: MoveCursor | null | 'kept'
  readonly moved: number
  readonly left: number
  readonly done: boolean
}

/** A message that waits in the outbox, of an earlier version, with the passage that it is of. */
export interface WaitingMessage {
  readonly id: number
  readonly node: string
  readonly channel: string
  readonly recipient: string
  readonly purpose: EffectOf<'send'>['purpose']
  readonly stored: StoredEnrollment
}

/** What becomes of a waiting message: other words, or why it is not sent any more. */
export interface Reworded {
  readonly message: Pick<WaitingMessage, 'id'>
  readonly to: { readonly words: EffectOf<'send'> } | { readonly gate: string }
}

/** The engine's side of moves between versions. */
export interface MoveStore {
  /** Under way, the oldest first. */
  openMoves(): Promise<readonly OpenMove[]>
  /** The next enrollments that a move concerns, after its cursor. */
  toMove(
    move: OpenMove,
    limit: number,
  ): Promise<{
    readonly enrollments: readonly StoredEnrollment[]
    /** How far these reach; null: there are no more. */
    readonly cursor: MoveCursor | null
  }>
  /** Waiting messages that a move has to say anew, none of which has been handed to a channel. */
  toReword(
    move: OpenMove,
    limit: number,
  ): Promise<{ readonly messages: readonly WaitingMessage[]; readonly more: boolean }>
  /** Saves one batch of them; `done` when there were no more. */
  reword(move: OpenMove, results: readonly Reworded[], done: boolean): Promise<void>
}
