import type { Locale } from '../../shared/text.ts'

/** One message to be put into a customer's own words. All of `sop` and `facts` is data, never instructions. */
export interface PolishRequest {
  /** The written text as rendered for this customer: what is sent when no polished text comes. */
  sop: string
  /** What may be known of the customer, by name; null where unknown. */
  facts: Record<string, string | number | boolean | null>
  /** The tone, in the marketer's words; empty for none. */
  instructions: string
  channel: string
  locale: Locale
  /** The longest text allowed, in characters. */
  maxChars: number
  /** The brand's signature, such as 【鹊桥礼物】: kept where `sop` has it, never added where it has not. */
  signature: string | null
}

/**
 * Why no polished text came. `no-key` covers a missing and a rejected key; `refused` the model's own refusal,
 * a content filter, and a request that the server will not take (an unknown model, an empty balance).
 */
export type PolishFailureReason =
  | 'no-key'
  | 'timeout'
  | 'rate-limited'
  | 'refused'
  | 'server-error'
  | 'garbage'
  | 'check-failed'
  | 'network'

/**
 * What was used up over all the answers to one request. Tokens are 0 and the cost null where the server states
 * no usage. The cost is in thousandths of the minor unit (of a fen), null also where no prices are set.
 */
export interface Spent {
  inputTokens: number
  outputTokens: number
  costMilli: number | null
}

export interface Polished extends Spent {
  ok: true
  text: string
  /** The model as the server names it. */
  model: string
  /** The whole conversation that led to the text; it holds the customer's facts, so it is guarded as they are. */
  prompt: string
}

export interface PolishFailure {
  ok: false
  reason: PolishFailureReason
  /** For engineers, in English; never holds the key. The marketer's words stand in shared/errors. */
  detail: string
  /** Whether the same request may succeed later without anybody changing anything. */
  retryable: boolean
  model: string | null
  prompt: string | null
  /** What the answers that could not be used have cost; absent where none came. */
  spent?: Spent
}

export type PolishResult = Polished | PolishFailure

/** Whether the settings of a model work. `detail` is for engineers, in English. */
export interface Verified {
  ok: boolean
  detail: string
  reason: PolishFailureReason | null
  /** The model that answered, as its server names it; null where none did. */
  model: string | null
}

export interface Polisher {
  /** The model asked for, or null where none is set up. */
  readonly model: string | null
  /**
   * Never rejects but with `signal.reason` when `signal` aborts: such a request is neither answered nor failed,
   * and is to be asked again.
   */
  polish(request: PolishRequest, signal: AbortSignal): Promise<PolishResult>
  /** Asks the model for one word, to see that address, key and model name are right. */
  verify(): Promise<Verified>
}
