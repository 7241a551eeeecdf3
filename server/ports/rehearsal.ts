import type { Saved } from '../../shared/conditions/audiences.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Enrollment, Touch } from '../../shared/nodes/type.ts'
import type { Picked, PickRules } from '../../shared/picks/pick.ts'
import type { EngineStore, Entries, KnownMoment } from './engine.ts'
import type { ComingEntry } from './entering.ts'

/** A message that counts towards the caps, and since when it stood in the outbox. */
export interface KnownTouch extends Touch {
  readonly customerId: string
  readonly decidedAt: number
}

export interface TouchWindow {
  readonly since: number
  readonly now: number
  /** `others`: only what other records with the same address have been given. */
  readonly of: 'all' | 'others'
}

export interface ShownProducts {
  readonly now: number
  readonly rules: PickRules
}

/** A recorded event with its customer's own zone. */
export interface PastEvent {
  readonly customerId: string
  readonly timezone: string | null
  readonly event: CustomerEvent
}

/** What a rehearsal must know of one customer. */
export interface MemberFacts {
  readonly customer: Customer
  readonly tags: ReadonlySet<string>
  readonly audiences: ReadonlySet<string>
  readonly events: readonly CustomerEvent[]
  /** In the order in which they were decided. */
  readonly touches: readonly KnownTouch[]
  /** What texts show them of the products, by what they had bought before; empty where no text does. */
  readonly picks: readonly Picked[]
}

/** What is asked of members. */
export interface MemberNeeds extends ConditionNeeds {
  /** What was done before nobody looks at; null: all that was ever done may matter. */
  readonly since?: number | null
}

/** A passage through a journey that began, or ended, at a moment. */
export interface Passed {
  readonly enrollment: Pick<Enrollment, 'id' | 'journeyId' | 'customerId' | 'entry'>
  readonly at: number
  readonly ending: string | null
}

/** What a rehearsal reads; it writes nothing. */
export interface RehearsalSource {
  /** Everybody of whom a condition holds, by id; of `knownBy` only those who were known by then. */
  select(condition: Condition, at: KnownMoment, knownBy?: number): Promise<readonly string[]>
  /** Everybody who was known by a moment, by id; those of whom nothing tells are taken as known. */
  knownBy(at: number): Promise<readonly string[]>
  eventsBetween(name: string, from: number, until: number): Promise<PastEvent[]>
  /** Who came into a journey, or left it, between two moments, by time. */
  passagesOf(journeyId: string, on: 'entered' | 'left', from: number, until: number): Promise<Passed[]>
  /** Facts of a batch of customers, with what they and their addresses were given before. */
  members(
    ids: readonly string[],
    needs: MemberNeeds,
    window: TouchWindow | null,
    /** Where texts show products: as of when, and by which rules. */
    shown?: ShownProducts | null,
  ): Promise<Map<string, MemberFacts>>
  /** Those of some ids that customers have. */
  existing(ids: readonly string[]): Promise<string[]>
  /** Customers who bear one address now, by address. */
  sharing(): Promise<string[][]>
  /** Those of some customers whom the engine has noted as coming into live journeys, by when it is told. */
  noted(ids: readonly string[]): Promise<ComingEntry[]>
  /** By whose audience customers were at the engine's last look: triggers, as `journey node`. */
  watched(ids: readonly string[]): Promise<Map<string, ReadonlySet<string>>>
  /** The versions of some journeys in which anybody is under way. */
  versionsUnderWay(
    journeys: readonly string[],
  ): Promise<readonly { readonly journeyId: string; readonly version: number }[]>
  /** All saved audiences, by key. */
  savedAudiences(): Promise<ReadonlyMap<string, Saved>>
  /** How customers had entered a journey by a moment, those still under way then counted as live. */
  entries(journeyId: string, ids: readonly string[], by: number): Promise<Map<string, Entries>>
  /** The zones that customers have of their own. */
  zones(): Promise<readonly string[]>
  /** The mean order of the base in minor units; 0 without orders. */
  meanOrder(before: number): Promise<number>
  /** When the first event of these names was; null where there is none. */
  firstEventAt(names: readonly string[]): Promise<number | null>
  /** Since when some customers are known; 0 where nothing tells. */
  knownSince(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** What customers did between two moments, by time. */
  eventsOf(
    ids: readonly string[],
    names: readonly string[],
    from: number,
    until: number,
  ): Promise<Map<string, CustomerEvent[]>>
  /** When marketing messages were sent to customers between two moments. */
  writtenTo(ids: readonly string[], from: number, until: number): Promise<Map<string, number[]>>
  /** What a model's reply has cost on average, in thousandths of the minor unit; null where none has told. */
  replyCost(): Promise<number | null>
  /** How many codes of each of the brand's coupons are left; null where they are made as needed. */
  codesLeft(): Promise<ReadonlyMap<string, number | null>>
  /** What came of tasks for staff before a moment: of one node's, and of those of a kind, the latest. */
  taskResults(asked: {
    readonly journey: string
    readonly node: string
    readonly kind: string
    readonly before: number
  }): Promise<{ readonly same: TaskResults; readonly kind: TaskResults }>
  /** What the brand's own messages of a stretch of time were followed by. */
  answers(from: number, until: number): Promise<Answers>
}

/** How many tasks came out so, by the result, or `overdue`. */
export type TaskResults = ReadonlyMap<string, number>

/** An order within so long after a message counts as brought about by it (ms). */
export const followsWithinMs = 172_800_000

/** Counts over messages that were sent. */
export interface Answers {
  readonly messages: number
  /** Of channels that tell of opening. */
  readonly telling: number
  readonly opened: number
  readonly clicked: number
  readonly replied: number
  /** Followed by an order within two days. */
  readonly bought: number
  readonly issued: number
  readonly redeemed: number
}

/** What a rehearsal asks of the store: the base, and what the engine knows of other journeys. */
export interface RehearsalPorts {
  readonly source: RehearsalSource
  readonly engine: Pick<
    EngineStore,
    'journeys' | 'version' | 'dueTriggers' | 'zones' | 'enrollmentsOf' | 'entries' | 'watches'
  >
}
