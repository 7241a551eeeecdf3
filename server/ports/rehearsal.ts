import type { Rates } from '../../shared/api/rehearsal.ts'
import type { Customer, CustomerEvent } from '../../shared/conditions/customer.ts'
import type { ConditionNeeds } from '../../shared/conditions/evaluate.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Touch } from '../../shared/nodes/type.ts'
import type { EngineStore, Entries, Moment } from './engine.ts'

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
}

/** A moment of which no more is known than what had happened by another. */
export interface KnownMoment extends Moment {
  readonly knownUntil?: number
}

/** What a rehearsal reads; it writes nothing. */
export interface RehearsalSource {
  /** Everybody of whom a condition holds, by id. */
  select(condition: Condition, at: KnownMoment): Promise<string[]>
  eventsBetween(name: string, from: number, until: number): Promise<PastEvent[]>
  /** Facts of a batch of customers, with what they and their addresses were given before. */
  members(
    ids: readonly string[],
    needs: ConditionNeeds,
    window: TouchWindow | null,
  ): Promise<Map<string, MemberFacts>>
  /** Customers who bear one address now, by address. */
  sharing(): Promise<string[][]>
  /** The conditions of saved audiences, by key; of a list null. */
  savedConditions(): Promise<ReadonlyMap<string, Condition | null>>
  /** How customers had entered a journey by a moment, those still under way then counted as live. */
  entries(journeyId: string, ids: readonly string[], by: number): Promise<Map<string, Entries>>
  /** The zones that customers have of their own. */
  zones(): Promise<readonly string[]>
  /** What the brand's own messages have been followed by; null with too few of them to tell. */
  rates(before: number): Promise<Rates | null>
  /** The mean order of the base in minor units; 0 without orders. */
  meanOrder(before: number): Promise<number>
}

/** What a rehearsal asks of the store: the base, and what the engine knows of other journeys. */
export interface RehearsalPorts {
  readonly source: RehearsalSource
  readonly engine: Pick<
    EngineStore,
    'journeys' | 'version' | 'dueTriggers' | 'zones' | 'enrollmentsOf' | 'entries'
  >
}
