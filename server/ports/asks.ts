import type { Effect } from '../../shared/effects/index.ts'
import type { Reply } from '../../shared/nodes/type.ts'

export type AskRequest = Extract<Effect, { kind: 'ask' }>

/** A request to a model whose time has come. */
export interface DueAsk {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly journeyId: string
  readonly request: AskRequest
  /** Failures so far. */
  readonly attempts: number
  /** Until when the enrollment waits for the reply; null: it has gone on or ended. */
  readonly deadline: number | null
  /** The customer's language; null where unknown. */
  readonly language: string | null
}

/** What a call has used up; costs are thousandths of the minor unit, null where no price is known. */
export interface AskSpent {
  readonly model: string | null
  readonly prompt: string | null
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMilli: number | null
}

/** What came of one call: a reply for good, or another attempt at a later time. */
export interface AskResult {
  readonly ask: DueAsk
  readonly spent: AskSpent | null
  readonly outcome:
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'again'; readonly at: number }
}

export interface AskStore {
  /** Requests due in live journeys that have no reply yet, oldest first. */
  due(now: number, limit: number): Promise<readonly DueAsk[]>
  /**
   * Keeps what came of a call and, with a reply, makes the waiting enrollment due: one transaction. The
   * reply that is stored first stays (rule 16).
   */
  settle(result: AskResult, now: number): Promise<void>
}
