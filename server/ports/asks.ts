import type { Reply, Request, RequestKind, RequestTo } from '../../shared/effects/requests/index.ts'
import type { Claimant } from './claims.ts'
import type { AskedVisit } from './engine.ts'

/** A question to somebody outside whose time has come. */
export interface DueAsk<Kind extends RequestKind = RequestKind> extends AskedVisit {
  readonly journeyId: string
  readonly request: RequestTo<Kind>
  /** Failures so far. */
  readonly attempts: number
  /** Until when the enrollment waits for the reply; null: it has gone on or ended. */
  readonly deadline: number | null
  /** The customer's language; null where unknown. */
  readonly language: string | null
  /** As of a message. */
  readonly life: string | null
  /** The question as it is kept: an answer to another is none to this. */
  readonly text: string
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
  readonly ask: AskedVisit & Pick<DueAsk, 'text'>
  readonly spent: AskSpent | null
  readonly outcome:
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'again'; readonly at: number }
}

/** A question as it is kept; `request` is null where it cannot be read, so that it holds up no other. */
export interface KeptAsk extends Omit<DueAsk, 'request'> {
  readonly request: Request | null
}

export interface AskStore {
  /** Requests of the claimant's shards due in live journeys that have no reply yet, oldest first. */
  due(now: number, limit: number, by: Claimant): Promise<readonly KeptAsk[]>
  /**
   * Keeps what came of a call and, with a reply, makes the waiting enrollment due: one transaction. The
   * reply that is stored first stays (rule 16).
   */
  settle(result: AskResult, now: number): Promise<void>
  /** Keeps what an earlier process was answered and could not write; resolves to how many answers that were. */
  settleKept(): Promise<number>
}
