/**
 * Why a step was taken: a node was left by a port, a goal was reached or taken back,
 * the next version was moved to, or the journey was left. It goes into the
 * trace (rule 27), and the customer's story has a sentence for each in both languages: a code that is added here
 * does not compile until it has. An effect may have reasons of its own besides, which stand with it.
 */
export const sharedReasons = [
  'entered',
  'condition-held',
  'no-condition-held',
  'time-reached',
  'late',
  'no-date',
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
  'decided',
  'not-decided',
  'not-asked',
  'task-done',
  'task-overdue',
  'coupon-issued',
  'tagged',
  'saved',
  'goal-reached',
  'goal-lessened',
  'goal-lost',
  'moved',
  'exit_rule',
  'exit_audience',
  'stopped',
  'journey_changed',
  'removed',
  'unsubscribed',
  'erased',
  'merged',
] as const
export type SharedReason = (typeof sharedReasons)[number]

/** Why a node waits; nobody has moved, so the trace says nothing of it. */
export type WaitingCode = 'waiting' | 'deferred' | 'asked'

/** Reasons for which an enrollment leaves the journey from where it stands; they are its ending. */
export const endingReasons = [
  'late',
  'no-date',
  'no-weight',
  'exit_rule',
  'exit_audience',
  'stopped',
  'journey_changed',
  'removed',
  'unsubscribed',
  'erased',
  'merged',
] as const satisfies readonly SharedReason[]
export type EndingReason = (typeof endingReasons)[number]
