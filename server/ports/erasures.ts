import type { Certificate, ErasureAnswer, ErasureLook } from '../../shared/api/erasures.ts'
import type { Act, Changes } from './acts.ts'
import type { StoredEnrollment } from './engine.ts'

/** Whose records are to be forgotten. */
export interface ErasureRequest {
  readonly id: string
  readonly customerIds: readonly string[]
  /** Whether their addresses are known again as opted out when they come in again. */
  readonly remember: boolean
}

type Changing = Changes<{
  /** Keeps that they are to be forgotten, so that nothing can forget that. Problem `unknown-customer`. */
  ask(act: Act, request: ErasureRequest): Promise<ErasureAnswer>
}>

export interface ErasureStore extends Changing {
  /** What there is of a customer, and which other records bear an address of theirs; Problem `not-found`. */
  look(customerId: string): Promise<ErasureLook>
  /** The newest first; `start`: those whose id begins so. */
  list(page: {
    readonly limit: number
    readonly start?: string | undefined
  }): Promise<{ erasures: Certificate[]; total: number }>
  /** Problem `not-found`. */
  find(id: string): Promise<Certificate>
}

/** An erasure that is asked for and not done. */
export interface OpenErasure {
  readonly id: string
  readonly customerIds: readonly string[]
}

type Erasing = Changes<{
  /** Gives the certificate: from here on nobody knows who it was. */
  finish(act: Act, id: string): Promise<void>
}>

/** What forgetting works with; each call is a transaction, and what is called again does no harm. */
export interface EraserStore extends Erasing {
  /** The oldest that is not done; null where there is none. */
  next(): Promise<OpenErasure | null>
  /** Of some customers all passages that have not ended, whatever has become of their journeys. */
  underWay(customerIds: readonly string[]): Promise<readonly StoredEnrollment[]>
  /**
   * Withdraws what is queued to them and forgets who they are, so that nothing new begins. Answers whether no message
   * to them is in a channel's hands.
   */
  forget(id: string, now: number): Promise<boolean>
  /** Takes away the next part of what is left; answers of how many rows, none at the end. */
  step(id: string): Promise<number>
  /**
   * Takes them out of reports, files, the log and notes, where they stand in words; answers whether that could be done:
   * not while something is being read in.
   */
  clear(id: string): Promise<boolean>
  /** Overwrites the free space of the file where a certificate waits for it; answers whether it did. */
  sweep(now: number): Promise<boolean>
}
