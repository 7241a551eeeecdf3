import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Change, Moment } from './engine.ts'

/** Somebody who asks to come in by a trigger, now or later. */
export interface ComingEntry {
  readonly journeyId: string
  readonly node: string
  readonly customerId: string
  /** What brings them: noted again it is the same. */
  readonly cause: string
  readonly dueAt: number
  /** Kept as the facts at entry; null where no event brings them. */
  readonly event: CustomerEvent | null
}

/** One whose time has come. */
export interface DueEntry extends ComingEntry {
  /** Failures so far. */
  readonly attempts: number
}

/** What became of an attempt: a failure, told later than was noted, or settled (both null). */
export interface CameResult {
  readonly entry: DueEntry
  readonly failure: Change['failure']
  readonly later: number | null
}

/** A trigger of a live journey by joining or leaving an audience. */
export interface Watch {
  readonly journeyId: string
  readonly node: string
  readonly version: number
  /** Whether the next look is the first since it was published or let go on, and finds out who is of it. */
  readonly state: 'published' | 'resumed' | 'going'
  readonly lookedAt: number | null
}

export interface Look {
  readonly watch: Watch
  readonly condition: Condition
  readonly on: 'join' | 'leave'
  /** Whether those come in too who are of it when it is looked at for the first time. */
  readonly present: boolean
  /** Whether whoever has changed while the journey stood still is noted on the resume: nothing begins anew then. */
  readonly goesOn: boolean
  readonly moment: Moment
  /** Only those of whom something has been recorded since this mark; null: everybody. */
  readonly since: LookMark | null
  /** So many at most are noted at once; the next look goes on. */
  readonly limit: number
}

/** How far what is recorded had come. */
export interface LookMark {
  readonly seq: number
  readonly at: number
  /** The last change that the log of changes had. */
  readonly change: number
}

export interface LookAnswer {
  /** How many have joined and left, whichever brings them in. */
  readonly changed: number
  /** Why nobody can say who is of it; nothing has been noted then. */
  readonly unknown: string | null
  /** From where the next look goes on. */
  readonly mark: LookMark
}

/** What the engine asks and keeps of those who may come in. */
export interface EnteringStore {
  /** Those whose time has come, the oldest first, an equal share from each live journey. */
  comingDue(now: number, limit: number): Promise<DueEntry[]>
  watches(): Promise<readonly Watch[]>
  /** Differs as soon as anything was written. */
  stamp(): Promise<string>
  /** Looks who has joined or left the audience since the last look, and notes them, in one transaction. */
  look(look: Look): Promise<LookAnswer>
}
