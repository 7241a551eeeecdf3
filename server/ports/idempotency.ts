/** A call that came with an Idempotency-Key. */
export interface IdempotentCall {
  /** A key's id; empty: a person. */
  readonly caller: string
  readonly route: string
  readonly key: string
  /** Of its body. */
  readonly fingerprint: string
  readonly process: string
}

export interface KeptAnswer {
  readonly status: number
  readonly type: string | null
  readonly answer: string
}

/** What is known of a call as it comes. */
export type BegunCall =
  | { readonly state: 'begun' }
  | { readonly state: 'other-body' }
  | { readonly state: 'under-way' }
  | ({ readonly state: 'answered' } & KeptAnswer)

/** Calls of the API that are made once, however often they come. */
export interface CallStore {
  /** `now` is real time. */
  begin(call: IdempotentCall, now: number): Promise<BegunCall>
  finish(call: IdempotentCall, answer: KeptAnswer): Promise<void>
  /** It may be made again, as if it had never come. */
  forget(call: IdempotentCall): Promise<void>
}
