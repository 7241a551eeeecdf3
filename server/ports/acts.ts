import type { Actor } from '../../shared/audit/actor.ts'

/** A change in the making: who makes it, and when. Nothing is written without one. */
export interface Act {
  readonly actor: Actor
  /** Epoch milliseconds on the brand's clock. */
  readonly at: number
  /** Epoch milliseconds of real time: what the log is read by. */
  readonly realAt: number
}

type ByAct = (act: Act, ...rest: never[]) => Promise<unknown>

/**
 * Methods that change something. One that could be called without an act does not compile; each writes a row of
 * the log in its own transaction.
 */
export type Changes<Methods extends { readonly [Name in keyof Methods]: ByAct }> = Methods
