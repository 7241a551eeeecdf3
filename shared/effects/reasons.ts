import type { Json } from './json.ts'

/**
 * Why a step was taken: a node was left by a port, a goal was reached or taken back, or the journey was left. It goes into the
 * trace (rule 27), and the customer's story has a sentence for each in both languages: a code that is added here
 * does not compile until it has.
 */
export const reasonCodes = [
  'entered',
  'condition-held',
  'no-condition-held',
  'time-reached',
  'late',
  'visit-limit',
  'event',
  'no-event',
  'drawn',
  'no-weight',
  'sent',
  'suppressed',
  'called',
  'not-called',
  'call-failed',
  'coupon-issued',
  'tagged',
  'saved',
  'goal-reached',
  'goal-lessened',
  'goal-lost',
  'exit_rule',
  'stopped',
  'unsubscribed',
  'erased',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** Why a node waits; nobody has moved, so the trace says nothing of it. */
export type WaitingCode = 'waiting' | 'deferred' | 'asked'

/** A code with the values seen. */
export interface Reason<Code extends ReasonCode | WaitingCode = ReasonCode> {
  readonly code: Code
  readonly [detail: string]: Json
}

/** Reasons for which an enrollment leaves the journey from where it stands; they are its ending. */
export const endingReasons = [
  'late',
  'no-weight',
  'exit_rule',
  'stopped',
  'unsubscribed',
  'erased',
] as const satisfies readonly ReasonCode[]
export type EndingReason = (typeof endingReasons)[number]
