import type { ModelRun } from '../../shared/api/models.ts'
import type { Content, MessagePlaces } from '../../shared/models/content.ts'
import type { Deeds } from '../../shared/models/deeds.ts'
import type { FittedModels } from '../../shared/models/fitted.ts'
import type { Purchase } from '../../shared/models/histories.ts'
import type { Scored } from '../../shared/models/score.ts'
import type { WrittenText } from '../../shared/text.ts'
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

/** Where messages are looked up by their numbers, to say what of them moved somebody. */
interface MessageReads {
  messagesOf(numbers: readonly string[]): Promise<MessagePlaces>
}

/** Of a message, what its journey and its node are called; null where that is not known any more. */
type Named<T> = T & { readonly journeyName: WrittenText | null; readonly nodeName: WrittenText | null }

/** Up to where everybody is scored by a run: the last event, and the last mark of somebody to score. */
export interface Seen {
  readonly lastEvent: number
  readonly lastMark: number
}

/** Where whoever scores the whole base writes, of one run. */
export interface ScoringStore extends MessageReads {
  /** Content with the names that people know it by. */
  named<T extends { readonly content: Content }>(contents: readonly T[]): Promise<readonly Named<T>[]>
  /** What was found before; null where nothing was. */
  fitted(): Promise<FittedModels | null>
  /** What has come in by now; what comes after it is scored one by one. */
  seen(): Promise<Seen>
  /** Keeps those of a batch that differ from what is kept; `at` is real time. */
  put(scored: readonly ScoredCustomer[], at: number): Promise<void>
  /** Keeps what was found, and forgets the scores of whoever was not scored in this run. */
  finish(run: ModelRun, fitted: FittedModels, seen: Seen): Promise<void>
}

/** Where customers are scored as something of theirs comes in. */
export interface FreshStore extends MessageReads {
  /** null: the base was never scored, and nobody is. */
  fitted(): Promise<FittedModels | null>
  /** How many events and new customers nobody has looked at yet; 0 where the base was never scored. */
  waiting(): Promise<number>
  /**
   * The buyers of whom something came in since they were looked at, who is new, and whose events became others by a
   * merge or a correction; up to which event and which mark that is. null: nothing is new.
   */
  fresh(events: number): Promise<{
    readonly customers: readonly string[]
    readonly upTo: number
    readonly marks: number
  } | null>
  /** What those who are there did before a moment: orders as they stand, and what was touched lately. */
  deedsOf(customers: readonly string[], before: number): Promise<ReadonlyMap<string, Deeds>>
  /** Keeps scores and how far was looked; those of whoever is gone, or is not scored any more, are forgotten. */
  keep(
    scored: readonly ScoredCustomer[],
    gone: readonly string[],
    done: { readonly at: number; readonly upTo: number; readonly marks: number },
  ): Promise<void>
}

type Changing = Changes<{
  /** Says in the log that somebody has asked for the models to be fitted. */
  noteAsked(act: Act): Promise<void>
  /** Names a group, from the next scoring on. Problems `group-unknown`, `group-name-taken`. */
  nameGroup(act: Act, id: string, name: string): Promise<void>
}>

/** What people see of models. */
export interface ModelStore extends Changing {
  lastRun(): Promise<ModelRun | null>
  /** How many events have come in of which nobody has looked yet whose scores they change. */
  waiting(): Promise<number>
}
