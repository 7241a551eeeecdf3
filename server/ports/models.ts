import type { ModelRun } from '../../shared/api/models.ts'
import type { FittedModels } from '../../shared/models/fitted.ts'
import type { Bought, Purchase } from '../../shared/models/histories.ts'
import type { Scored } from '../../shared/models/score.ts'
import type { Act, Changes } from './acts.ts'

/** What models read of the whole base. */
export interface PurchaseReads {
  /**
   * All orders before a moment as they stand by then, less what had been given back and without those given back whole;
   * in pieces, by customer and each customer's in order of time.
   */
  purchases(before: number): AsyncIterable<readonly Purchase[]>
}

/** A customer's scores, as they are kept. */
export interface ScoredCustomer extends Scored {
  readonly customerId: string
}

/** Where whoever scores the whole base works. */
export interface ScoringStore extends PurchaseReads {
  /** How many customers there are, buyers or not. */
  size(): Promise<number>
  /** The last event that has come in; what comes after it is scored one by one. */
  lastEvent(): Promise<number>
  /** Keeps a batch; `at` is real time. */
  put(scored: readonly ScoredCustomer[], at: number): Promise<void>
  /** Keeps what was found, and forgets the scores of whoever has none since `began` (real time). */
  finish(
    run: ModelRun,
    fitted: FittedModels,
    seen: { readonly lastEvent: number; readonly began: number },
  ): Promise<void>
}

/** Where customers are scored as their orders come in. */
export interface FreshStore {
  /** null: the base was never scored, and nobody is. */
  fitted(): Promise<FittedModels | null>
  /**
   * Whose orders came in or were given back since they were looked at, and up to which event that is; null where nothing
   * is new, or so much that everybody is scored together.
   */
  fresh(events: number): Promise<{ readonly customers: readonly string[]; readonly upTo: number } | null>
  /** Orders of customers before a moment, as they stand. */
  ordersOf(customers: readonly string[], before: number): Promise<ReadonlyMap<string, readonly Bought[]>>
  /** Keeps scores and how far was looked; who has no order any more has no score either. */
  keep(
    scored: readonly ScoredCustomer[],
    gone: readonly string[],
    done: { readonly at: number; readonly upTo: number },
  ): Promise<void>
}

type Changing = Changes<{
  /** Says in the log that somebody has asked for the models to be fitted. */
  noteAsked(act: Act): Promise<void>
}>

/** What people see of models. */
export interface ModelStore extends Changing {
  lastRun(): Promise<ModelRun | null>
}
