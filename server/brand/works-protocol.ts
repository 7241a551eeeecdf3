import type { ClockAdvance, ClockAnswer } from '../../shared/api/clock.ts'
import type { BrandId } from '../../shared/api/system.ts'
import type { ErrorCode } from '../../shared/errors/index.ts'
import type { SignName } from '../../shared/signs.ts'
import type { AiSettings } from '../ai/settings.ts'
import type { SharedTime } from '../clock/shared.ts'
import type { Engine } from '../engine/engine.ts'
import type { Act } from '../ports/acts.ts'
import type { SignDetails } from '../ports/signs.ts'
import type { OpenOptions } from '../store/sqlite/database.ts'
import type { KeyRing } from '../store/sqlite/secrets/seal.ts'
import type { Renewed } from './equipment.ts'
import type { Works } from './works.ts'

/** A brand whose work is to go on in the thread, as far as it can be told in a message. */
export interface WorksOrder {
  readonly id: BrandId
  readonly path: string
  readonly durability: NonNullable<OpenOptions['durability']>
  readonly mode: 'sandbox' | 'live'
  readonly keys: KeyRing
  readonly linkSecret: string
  readonly publicId: string
  readonly ai: AiSettings
  /** Whether its members are the demo's, who react and join. */
  readonly demo: boolean
  readonly baseUrl: string
  readonly logLevel: string
  /** Where the time of the house is read; null: the thread's own machine's. */
  readonly time: SharedTime | null
  /** Where a sandbox clock stands. */
  readonly clock: number
}

/** What the server asks of a brand's work; an answer to each, in no order. */
export interface Remote
  extends Pick<Works, 'settle' | 'stir' | 'ingest' | 'take' | 'endMove' | 'halt' | 'stop'> {
  readonly tick: Engine['tick']
  readonly batch: Engine['batch']
  readonly enter: Engine['enter']
  advance(act: Act, move: ClockAdvance): Promise<void>
  renew(what: Renewed): Promise<void>
  /** Where the server is reached, once that is known. */
  reachedAt(baseUrl: string): Promise<void>
  /** Answers when the engine stands still between two batches, which it does until `giveBack`. */
  takeTurn(): Promise<number>
  giveBack(turn: number): Promise<void>
}

export interface Call<Name extends keyof Remote = keyof Remote> {
  readonly id: number
  readonly name: Name
  readonly args: Parameters<Remote[Name]>
}

/**
 * Whether a call may be made again where nobody knows how far the first had come: it does nothing twice. A call that
 * may not is refused, for whoever made it to look first.
 */
export const repeatable = {
  settle: true,
  stir: true,
  // Events bear ids, and one that is there already is no other.
  ingest: true,
  // A row that says what is known changes nothing.
  take: true,
  endMove: true,
  halt: true,
  stop: true,
  tick: true,
  batch: true,
  enter: false,
  advance: false,
  renew: true,
  reachedAt: true,
  takeTurn: true,
  giveBack: false,
} as const satisfies Record<keyof Remote, boolean>

/** The answer to no call: that the work has begun, or why it has not. */
export const began = 0

export type Said =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'problem'
      readonly id: number
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: Error; readonly code: string | null }
  | { readonly kind: 'clock'; readonly now: number; readonly moving: ClockAnswer['moving'] }
  | { readonly kind: 'figures'; readonly journeyIds: readonly string[] }
  | { readonly kind: 'inbox'; readonly added: number }
  | { readonly kind: 'log'; readonly line: string }
  /** A sign of the brand; `details` is null where it is well again. */
  | { readonly kind: 'sign'; readonly name: SignName; readonly details: SignDetails | null }
