import type { TransitionTable } from '../../shared/compile/plan.ts'
import type { AudienceFault } from '../../shared/conditions/audiences.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Effect } from '../../shared/effects/index.ts'
import type { Reply } from '../../shared/effects/requests/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { Enrollment, Touch } from '../../shared/nodes/type.ts'
import type { Trip } from '../../shared/run/breaker.ts'
import type { Caller, Entries } from '../../shared/run/enter.ts'
import type { Unasking } from '../../shared/run/move.ts'
import type { TraceEntry } from '../../shared/run/step.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Act } from './acts.ts'
import type { MoveProgress, MoveStore } from './moves.ts'
import type { PickStore } from './picks.ts'

export type { Entries } from '../../shared/run/enter.ts'

import type { ChainStore, TakenTurn } from './chains.ts'
import type { Claimant } from './claims.ts'
import type { CameResult, ComingEntry, EnteringStore } from './entering.ts'

/** An enrollment as it is stored. */
export interface StoredEnrollment {
  readonly enrollment: Enrollment
  readonly entryKey: string
  /** Failures in a row at the node where it stands. */
  readonly attempts: number
  /** When it left the journey; null while it is under way. */
  readonly leftAt: number | null
}

/** An event as those ask who want to know what it has counted for already. */
export interface EventAsked {
  readonly customerId: string
  readonly name: string
  readonly id: string
}

/** A goal that an event has reached. */
export interface GoalHit extends EventAsked {
  readonly journeyId: string
  readonly enrollmentId: number
  readonly goal: string
}

/** An order of a customer's, and what has been given back for it; no amount where no such order is known. */
export interface OrderStanding {
  readonly customerId: string
  readonly order: string
  readonly amount: number | null
  readonly back: number
}

/** An event that has come in and that the engine has not taken yet. */
export interface PendingEvent {
  readonly seq: number
  readonly customerId: string
  readonly event: CustomerEvent
}

/** An event of which a trigger could not tell whether it lets its customer in, to be tried again. */
export interface FailedEntry {
  readonly journeyId: string
  readonly node: string
  readonly event: PendingEvent
  /** Failures so far. */
  readonly attempts: number
}

/** What became of an attempt: another failure, or settled (null). */
export interface EntryResult {
  readonly journeyId: string
  readonly node: string
  readonly seq: number
  readonly customerId: string
  readonly failure: Change['failure']
}

export interface JourneyState {
  readonly id: string
  readonly status: 'draft' | 'live' | 'paused' | 'stopped'
  readonly liveVersion: number | null
}

export interface DueTrigger {
  readonly journeyId: string
  readonly version: number
  readonly node: string
  readonly dueAt: number
  readonly anchor: { readonly festival: string; readonly date: string } | null
  /** Where an interrupted firing goes on; null at its start. */
  readonly cursor: string | null
}

/** An effect with the step that it belongs to. */
export interface PlacedEffect {
  readonly node: string
  readonly visit: number
  readonly at: number
  readonly effect: Effect
}

/** A trace entry with the state that it led to; null where the state did not change. */
export interface Move {
  readonly trace: TraceEntry
  readonly to: string | null
}

/** A move to another version, as the store has to know it. */
export interface Carried {
  readonly fromVersion: number
  /** Whether it stands where it stood, with the wait that it had: when it is looked at next stays as the store has it. */
  readonly keepsWait: boolean
  /** The visit whose question to somebody outside is asked no more; null: it has asked nothing, or goes on asking. */
  readonly unasks: { readonly visit: number; readonly what: Unasking } | null
}

/** What a batch did to one enrollment; the store applies it whole or, if another came first, not at all. */
export interface Change {
  readonly enrollment: Enrollment
  readonly entryKey: string
  /** The steps it had when it was read; null: it is new. */
  readonly before: number | null
  /** Where it stood then; null: it is new. */
  readonly from: string | null
  /** Whether it had failed where it stood, so that the failure must be taken off it. */
  readonly hadFailed: boolean
  readonly moves: readonly Move[]
  readonly effects: readonly PlacedEffect[]
  /**
   * Whether the node where it stood was asked. If not (a goal was counted on the way), when it is looked at
   * next and what has failed there stay as the store has them: a model's reply may have made it due meanwhile.
   */
  readonly decided: boolean
  readonly ending: string | null
  /** When it had left before, so that goals alone are counted; null: it was under way, or is new. */
  readonly leftAt: number | null
  /** Of one that ends: before when events still reach a goal of it; null: none does. */
  readonly countsUntil: number | null
  /** Takes back what is queued and not yet handed to a channel (rule 18). */
  readonly withdraw: boolean
  /** Rule 21: its first move is one to another version; null: it goes on in its own. */
  readonly carried: Carried | null
  readonly failure: {
    readonly message: string
    readonly attempts: number
    readonly retryAt: number | null
  } | null
}

/** A journey's breaker, and what has tripped it. */
export interface JourneyTrip {
  readonly journeyId: string
  readonly trip: Trip
  readonly act: Act
}

/** Customers whom somebody lets in by hand: it goes into the log with them. */
export interface HandEntry {
  readonly act: Act
  readonly journeyId: string
  /** How many were asked for in this batch; whoever does not come in is refused. */
  readonly asked: number
}

/** What a person does with some who are under way: it goes into the log with them. */
export interface PersonWork {
  readonly act: Act
  readonly action: 'journey.people_moved' | 'journey.people_removed'
  readonly journeyId: string
  readonly node: string
  /** Where they are moved to. */
  readonly toNode?: string
  /** How many were meant in this batch; with whom it cannot be done is refused. */
  readonly asked: number
}

export interface Batch {
  readonly now: number
  readonly changes: readonly Change[]
  /** Messages that failed, and what follows each. */
  readonly turns?: readonly TakenTurn[]
  /** Events that this batch has dealt with. */
  readonly taken: readonly number[]
  /** Journeys that pause themselves before what would be too many messages (rule 11). */
  readonly trips?: readonly JourneyTrip[]
  /** Entries by events that failed, or that had failed and are settled. */
  readonly entries?: readonly EntryResult[]
  /** Who may come in later, or has to be asked apart. */
  readonly coming?: readonly ComingEntry[]
  /** Those of them whose time had come. */
  readonly came?: readonly CameResult[]
  readonly byHand?: HandEntry
  /** How far it brings a move between versions. */
  readonly move?: MoveProgress
  readonly byPerson?: PersonWork
  /** Moves a firing on: to the next customer, or (with a due time or none) to its next firing. */
  readonly firing?: {
    readonly trigger: DueTrigger
    readonly to:
      | { readonly cursor: string }
      | { readonly dueAt: number | null; readonly anchor: DueTrigger['anchor'] }
  }
}

export interface BatchResult {
  readonly applied: number
  /** Refused: already live in the journey, or changed by somebody else meanwhile. */
  readonly skipped: number
}

export interface AskedVisit {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
}

/** When and where a condition over the base is asked, and which occurrence of each festival it means. */
export interface Moment {
  readonly now: number
  readonly zone: string
  readonly anchors: Readonly<Record<string, string>>
}

/** A moment of which no more is known than what had happened by another. */
export interface KnownMoment extends Moment {
  readonly knownUntil?: number
}

/** A customer whose attributes nobody can read; addresses, consents and all the rest stand in columns of their own. */
export interface UnreadableCustomer extends Omit<Customer, 'attributes' | 'types'> {
  readonly unreadable: LocalText
}

/** A customer as the store has one: who decides by attributes must say what becomes of those whose are not known. */
export type ReadCustomer = Customer | UnreadableCustomer

export const isReadable = (customer: ReadCustomer): customer is Customer => !('unreadable' in customer)

/** In which audiences customers are, by customer; and of which audiences nobody can say who is in them. */
export interface MembersFound {
  readonly members: ReadonlyMap<string, ReadonlySet<string>>
  readonly unknown: ReadonlyMap<string, AudienceFault>
}

/** What the engine must know of customers; each method answers for a whole batch in one query. */
export interface FactsSource {
  /** With `addresses`, also since when their addresses have consented and whether they are verified. */
  customers(ids: readonly string[], addresses?: boolean): Promise<Map<string, ReadCustomer>>
  tags(ids: readonly string[]): Promise<Map<string, Set<string>>>
  /** Members among the ids, of saved lists and of saved conditions as they hold at a moment. */
  memberships(ids: readonly string[], audiences: readonly string[], at: Moment): Promise<MembersFound>
  events(ids: readonly string[], names: readonly string[]): Promise<Map<string, CustomerEvent[]>>
  /** Those whose own time lies between two moments, both included. */
  eventsBetween(
    ids: readonly string[],
    names: readonly string[],
    from: number,
    to: number,
  ): Promise<Map<string, CustomerEvent[]>>
  /**
   * How many marketing messages of a journey each reader (shared/run/breaker) has had after `since` or is still to
   * get, those taken back left out: what is queued may leave at any moment.
   */
  promotedTo(journeyId: string, readers: readonly string[], since: number): Promise<Map<string, number>>
  /**
   * Messages sent after `since`, or still to be sent, to the customers' addresses; what is queued at the
   * earliest `now`. With `others` only those that other records with the same address have been given.
   */
  touches(
    ids: readonly string[],
    window: { readonly since: number; readonly now: number; readonly of: 'all' | 'others' },
  ): Promise<Map<string, Touch[]>>
  replies(visits: readonly AskedVisit[]): Promise<Map<number, Reply>>
  /** The channels that a person has paused. */
  pausedChannels(): Promise<ReadonlySet<string>>
  picks: PickStore['picks']
  /** So many codes at most of each coupon that nobody has got, by the coupons' keys; they stay where they are. */
  couponCodes(coupons: readonly string[], count: number): Promise<Map<string, readonly string[]>>
  /** How many of each coupon customers have been handed, by customer and coupon. */
  couponsHeld(
    ids: readonly string[],
    coupons: readonly string[],
  ): Promise<Map<string, ReadonlyMap<string, number>>>
}

/** The engine's side of the store; every method is a batch, and one that writes is one transaction. */
export interface EngineStore extends FactsSource, EnteringStore, MoveStore, ChainStore {
  journeys(): Promise<readonly JourneyState[]>
  /** A version with the values that its variables have now. */
  version(journeyId: string, version: number): Promise<{ journey: Journey; table: TransitionTable }>
  /** Another one after each change of a journey's values. */
  valuesStamp(journeyId: string): Promise<number | null>
  /** Due enrollments of one journey in the claimant's shards, oldest first; none while another has a part of them. */
  claimDue(journeyId: string, now: number, limit: number, by: Claimant): Promise<StoredEnrollment[]>
  pendingEvents(now: number, limit: number): Promise<PendingEvent[]>
  /** Enrollments of customers that are under way, stuck ones among them, in live and paused journeys. */
  enrollmentsOf(customerIds: readonly string[]): Promise<StoredEnrollment[]>
  /**
   * Enrollments that have left and whose goals an event of the customer's still reaches, by its own time; in
   * whatever state their journeys are, as long as they are not deleted.
   */
  stillCounting(
    asked: readonly { readonly customerId: string; readonly at: number }[],
  ): Promise<StoredEnrollment[]>
  /** Enrollments by their ids, under way or not. */
  enrollmentsById(ids: readonly number[]): Promise<StoredEnrollment[]>
  /** The goals that events have reached, and no refund has taken back. */
  goalHits(events: readonly EventAsked[]): Promise<GoalHit[]>
  /** Orders with what has been given back for them by a moment, taken by the engine or not. */
  orderStandings(
    orders: readonly { readonly customerId: string; readonly order: string }[],
    by: number,
  ): Promise<OrderStanding[]>
  /** Entries of live journeys that failed and are due again, oldest first. */
  failedEntries(now: number, limit: number): Promise<FailedEntry[]>
  /** Ids for enrollments about to be admitted; the first of `count` in a row. */
  reserveIds(count: number): Promise<number>
  /** Those of the ids who are customers, with what an entry must know of them. */
  callers(ids: readonly string[]): Promise<Map<string, Caller['customer']>>
  /** How customers have entered a journey before. */
  entries(journeyId: string, customerIds: readonly string[]): Promise<Map<string, Entries>>
  dueTriggers(now: number): Promise<readonly DueTrigger[]>
  /** The zones that customers have of their own. */
  zones(): Promise<readonly string[]>
  /**
   * The next customers by id, after one, of whom the condition holds at `now`; fewer than asked for are the last. Pages
   * that are `continued` need not know what has changed since the first.
   * Problems of the analytical copy where it cannot answer, which is not to be taken for nobody.
   */
  select(
    condition: Condition,
    at: Moment,
    page: { readonly after: string | null; readonly limit: number; readonly continued: boolean },
  ): Promise<readonly string[]>
  /** Tells of coupons whose time has come, as events: used up or unused; returns how many. One transaction. */
  tellCoupons(now: number, limit: number): Promise<number>
  /** The same of points that are lost soon, and takes those whose time is over. */
  tellPoints(now: number, limit: number): Promise<number>
  /** Rewards invitations that are due; how much there was. */
  rewardReferrals(now: number, limit: number): Promise<number>
  commit(batch: Batch): Promise<BatchResult>
  /** The earliest time, after a moment if one is given, at which anything is due in a live journey. */
  nextDue(after?: number): Promise<number | null>
}
