import type { Enrollment } from '../../shared/nodes/type.ts'
import type { TraceEntry } from '../../shared/run/step.ts'
import type { StoredEnrollment } from './engine.ts'

export type PassageStatus = 'live' | 'stuck' | 'ended'

/** An enrollment with its whole story, as it is stored. */
export interface StoredPassage extends StoredEnrollment {
  readonly status: PassageStatus
  /** When it is looked at next; null: not by itself. */
  readonly dueAt: number | null
  /** What has failed where it stands. */
  readonly error: string | null
  readonly ending: string | null
  readonly trace: readonly TraceEntry[]
}

/** A passage as it began, or as it ended, and when. */
export interface Passed {
  readonly enrollment: Enrollment
  readonly at: number
  readonly ending: string | null
}

/** Passages under way and ended, in whichever journey; nothing is changed here. */
export interface PassageReads {
  /** Problem `not-found`; an UnreadableRow where it cannot be read. */
  passage(id: number): Promise<StoredPassage>
  /** Those after an id, by id. */
  passagesAfter(id: number, limit: number): Promise<readonly StoredPassage[]>
  /** A customer's latest coming into a journey, or leaving it; null where there is none. */
  latest(journeyId: string, customerId: string, on: 'entered' | 'left'): Promise<Passed | null>
}
