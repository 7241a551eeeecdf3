import type { Rates } from '../../shared/api/rehearsal.ts'
import type { Plan } from '../../shared/compile/plan.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Enrollment, Entry } from '../../shared/nodes/type.ts'
import type { Entries } from '../../shared/run/enter.ts'
import type { Step } from '../../shared/run/step.ts'
import type { MemberFacts } from '../ports/rehearsal.ts'
import type { Others, Theirs } from './others.ts'
import type { Tally } from './tally.ts'

/** A moment at which a customer asks to come in, by an event or by none. */
export interface Arrival {
  readonly at: number
  readonly trigger: string
  readonly event: CustomerEvent | null
  readonly anchors: Entry['anchors']
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

export interface RehearsalWorld {
  readonly plan: Plan
  readonly brand: Brand
  /** Nothing later than this happens. */
  readonly horizon: number
  /** null under *backtest*. */
  readonly rates: Rates | null
  readonly meanOrder: number
  /** The other live journeys; null where no cap makes their messages count. */
  readonly others: Others | null
  readonly tally: Pick<Tally, 'entered' | 'step' | 'keptOut' | 'waiting'>
}
