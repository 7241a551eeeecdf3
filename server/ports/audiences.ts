import type { AudienceSummary, AudienceUse } from '../../shared/api/customers.ts'
import type { OverlapAnswer } from '../../shared/api/overlap.ts'
import type { SuggestedAnswer } from '../../shared/api/suggested.ts'
import type { Saved } from '../../shared/conditions/audiences.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Act, Changes } from './acts.ts'
import type { AskedValues } from './base.ts'
import type { Moment } from './engine.ts'

/** When and where a condition is asked, outside any journey. */
export type Asked = Pick<Moment, 'now' | 'zone'>

export interface AudienceDraft {
  readonly key: string
  readonly name: WrittenText
  readonly condition: Condition
  /** Of a change: the revision that it began with; without one it stands above whichever there is. */
  readonly revision?: number | undefined
}

/** An audience as it is kept, with its size now. */
export type SizedAudience = Omit<AudienceSummary, 'findings'>

/** For how many customers a condition holds, out of how many, and the first few of them by id. */
export interface Counted {
  readonly count: number
  readonly of: number
  readonly sample: readonly { readonly id: string; readonly name: string | null }[]
}

/** Which customer of an audience to look at. */
export interface AudienceStep {
  /** null: all customers. */
  readonly condition: Condition | null
  readonly moment: Moment
  /** null: the first. */
  readonly customerId: string | null
  readonly move: 'none' | 'next' | 'previous'
}

export interface StepAnswer {
  readonly customerId: string | null
  /** Counted from 1; 0 where the customer is not of the audience. */
  readonly index: number
  readonly of: number
}

export interface AudienceReads {
  /** All that names it; Problem `not-found`. */
  uses(key: string): Promise<readonly AudienceUse[]>
  /** All saved audiences, by key, as conditions refer to them. */
  saved(): Promise<ReadonlyMap<string, Saved>>
  /** All saved audiences with their sizes as they are now, the latest changed first. */
  summaries(at: Asked): Promise<readonly SizedAudience[]>
  /** Problem `not-found`. */
  get(key: string, at: Asked): Promise<SizedAudience>
  count(condition: Condition, at: Asked): Promise<Counted>
  /** What conditions may speak of, from the data of everybody. */
  values(asked: AskedValues): Promise<SuggestedAnswer>
  /** How many are in several audiences at once; Problem `not-found`. */
  overlap(keys: readonly string[], at: Asked): Promise<OverlapAnswer>
  /** The ids of those for whom a condition holds, in their order. */
  members(condition: Condition, at: Asked): Promise<readonly string[]>
  /** Goes through an audience in the order of ids, round and round. */
  stepThrough(step: AudienceStep): Promise<StepAnswer>
}

export type AudienceChanges = Changes<{
  /** Problems `audience-exists`, `audience-circle`, `audience-deep`, `audience-wide`. */
  add(act: Act, draft: AudienceDraft): Promise<void>
  /**
   * Problems `not-found`, `audience-is-list` where a journey fills it, `audience-frozen`, `audience-stale`, and those
   * of naming, as `add` has them.
   */
  change(act: Act, draft: AudienceDraft): Promise<void>
  /** Makes a list without members. Problem `audience-exists`. */
  addList(act: Act, list: Pick<AudienceDraft, 'key' | 'name'>): Promise<void>
  /** With its members. Problem `audience-in-use` (an InUse), drafts alone aside where they are to lose it. */
  remove(act: Act, key: string, despiteDrafts: boolean): Promise<void>
  /** Takes back a list into which nobody came and that nothing names; any other stays. */
  removeUnfilled(act: Act, key: string): Promise<void>
  /**
   * Makes a condition a list of those who are in it, or a frozen one a list of those who are in it now, in slices.
   * Problems `not-found`, `audience-is-list`.
   */
  freeze(act: Act, key: string, ids: readonly string[]): Promise<void>
  /** Makes a frozen one a condition again. Problems `not-found`, `audience-not-frozen`, those of naming. */
  thaw(act: Act, key: string): Promise<void>
  /** Keeps who is in it at a moment, and so who joined and left since it was looked at before. */
  look(act: Act, key: string, seen: SeenMembers): Promise<Pick<SizeOnDay, 'joined' | 'left'>>
}>

/** Who is in an audience at a moment. */
export interface SeenMembers {
  readonly ids: readonly string[]
  readonly at: number
  readonly day: string
}

/** Who is in an audience, over time. */
export interface AudienceHistoryReads {
  /** Keeps what was counted on a day: figures of the machine's own, which no person has changed. */
  noteSizes(sizes: readonly KeptSize[], on: Pick<SizeOnDay, 'day' | 'at'>): Promise<void>
  /** Its sizes, the oldest first. */
  sizes(key: string, from: string): Promise<readonly SizeOnDay[]>
  /** Who joined or left last, the latest first. */
  moves(key: string, limit: number): Promise<readonly AudienceMove[]>
}

export interface KeptSize {
  readonly key: string
  readonly size: number
}

export interface SizeOnDay {
  readonly day: string
  readonly at: number
  readonly size: number
  readonly joined: number | null
  readonly left: number | null
}

export interface AudienceMove {
  readonly id: string
  readonly name: string | null
  readonly at: number
  readonly joined: boolean
}

export interface AudienceStore extends AudienceReads, AudienceHistoryReads, AudienceChanges {}
