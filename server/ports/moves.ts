import type { Actor } from '../../shared/audit/actor.ts'
import type { EffectOf } from '../../shared/effects/index.ts'
import type { Request } from '../../shared/effects/requests/index.ts'
import type { Fate, Fated, MoveKind } from '../../shared/run/move.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { StoredEnrollment } from './engine.ts'

/** What was decided of those under way, by a publication or by a change of values. */
export interface MovePlan extends Pick<Fated, 'mapping' | 'byNode'> {
  /** By version; who is on another one finishes there. */
  readonly fates: Readonly<Record<string, Fate>>
  /** By version: nodes whose queued messages and open questions are said in the new words. */
  readonly reworded: Readonly<Record<string, readonly string[]>>
}

/** Where a move stands among a journey's passages, which go by customer and key. */
export type MoveCursor = readonly [customerId: string, entryKey: string]

/** A move under way: planned in the transaction of the publication or the change, carried out in batches. */
export interface OpenMove extends MovePlan {
  readonly id: number
  readonly kind: MoveKind
  readonly journeyId: string
  readonly toVersion: number
  readonly wordsDue: boolean
  /** The last passage that has been dealt with; null at the start. */
  readonly cursor: MoveCursor | null
  /** Whether the pass under way has dealt with anybody yet. */
  readonly passed: boolean
  /** On the brand's clock. */
  readonly plannedAt: number
}

/** A move under way as it is told to people. */
export interface MoveUnderWay {
  readonly id: number
  readonly kind: MoveKind
  readonly journeyId: string
  readonly journeyName: WrittenText | null
  /** Versions whose people or words it concerns. */
  readonly from: readonly number[]
  readonly to: number
  /** People moved or taken out, and messages said anew. */
  readonly done: number
  /** As counted when it was planned; null: of an earlier release. */
  readonly of: number | null
  /** Who planned it; null: of an earlier release. */
  readonly actor: Actor | null
  /** In real time; of an earlier release on the brand's clock. */
  readonly since: number
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

/** A message that waits in the outbox, with the passage that it is of. */
export interface WaitingMessage {
  readonly id: number
  readonly version: number
  readonly node: string
  readonly channel: string
  readonly recipient: string
  readonly purpose: EffectOf<'send'>['purpose']
  readonly stored: StoredEnrollment
}

/** A question that nobody has answered yet, with the passage that waits for it. */
export interface OpenQuestion {
  readonly node: string
  readonly visit: number
  /** As it is kept: an answer to another one is none to it. */
  readonly text: string
  readonly stored: StoredEnrollment
}

/** What becomes of a waiting message: the words of a version, or why it is not sent any more. */
export interface Reworded {
  readonly message: Pick<WaitingMessage, 'id'>
  readonly version: number
  readonly to: { readonly words: EffectOf<'send'> } | { readonly gate: string }
}

export interface AskedAnew {
  readonly question: OpenQuestion
  readonly request: Request
}

/** What one batch has said anew. */
export interface SaidAnew {
  readonly messages: readonly Reworded[]
  readonly questions: readonly AskedAnew[]
  readonly now: number
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
  /** What a move has to say anew: messages that no channel has been handed, and questions of who is not moved. */
  toReword(
    move: OpenMove,
    limit: number,
  ): Promise<{
    readonly messages: readonly WaitingMessage[]
    readonly questions: readonly OpenQuestion[]
    readonly more: boolean
  }>
  /** Saves one batch of them; `done` when there were no more. */
  reword(move: OpenMove, said: SaidAnew, done: boolean): Promise<void>
}
