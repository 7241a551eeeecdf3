import type { Plan } from '../../shared/compile/plan.ts'
import type { NamedAudiences } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Entrance } from '../../shared/nodes/entrance.ts'
import type { Enrollment, Entry } from '../../shared/nodes/type.ts'
import type { Entries } from '../../shared/run/enter.ts'
import type { Step } from '../../shared/run/step.ts'
import type { WatchDoor } from '../../shared/run/watching.ts'
import type { MemberFacts } from '../ports/rehearsal.ts'
import type { Assumptions } from './assumptions.ts'
import type { Others, Theirs } from './others.ts'
import type { Tally } from './tally.ts'

/** A moment at which a customer asks to come in, by an event or by none. */
export interface Arrival {
  readonly at: number
  readonly trigger: string
  readonly event: CustomerEvent | null
  readonly anchors: Entry['anchors']
  /** Asked of the customer at that very moment; null where it is known to hold. */
  readonly audience: Condition | null
}

/** By whom, when and how a trigger lets in during the rehearsal. */
export interface Entered {
  readonly trigger: string
  readonly entrance: Entrance
  /** Of the first who comes, and when the last does. */
  readonly at: number
  readonly until: number
  readonly anchors: Entry['anchors']
  readonly ids: readonly string[]
}

/** One customer of the rehearsal's world, as things stood at its start. */
export interface Member extends MemberFacts {
  readonly arrivals: readonly Arrival[]
  /** Entries on record into the rehearsed journey. */
  readonly earlier: Entries | null
  /** null where other journeys do not count. */
  readonly theirs: Theirs | null
}

/** Hears of each step, with how the enrollment stood before. */
export type Witness = (before: Enrollment, taken: Step, at: number) => void

/** Names of events; null: of whichever. */
export type Heeded = ReadonlySet<string> | null

export const isHeeded = (heeded: Heeded, name: string): boolean => heeded === null || heeded.has(name)

export interface RehearsalWorld {
  readonly plan: Plan
  readonly brand: Brand
  /** The brand's saved audiences, answered at each virtual moment as they would hold then. */
  readonly named: NamedAudiences
  /** Nothing later than this happens; the breaker may draw it nearer. */
  horizon: number
  /** null under *backtest*. */
  readonly assumed: Assumptions | null
  /** By which audiences people leave the rehearsed journey. */
  readonly exits: readonly WatchDoor[]
  /** The other live journeys; null where no cap makes their messages count. */
  readonly others: Others | null
  readonly tally: Tally
  /** The names of what journeys do to people that somebody asks for. */
  readonly acts: readonly string[]
  /** The names of events by which anything may go otherwise: others need not be drawn. */
  readonly heeded: Heeded
}
