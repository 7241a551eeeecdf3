import type {
  DuplicateList,
  Identifier,
  IdentifierAnswer,
  IdentifierRef,
  Merge,
  MergeList,
} from '../../shared/api/persons.ts'
import type { Aged } from '../../shared/persons/survivor.ts'
import type { Act, Changes } from './acts.ts'
import type { Change, StoredEnrollment } from './engine.ts'

/** That an identifier is a customer's. */
export interface Claim extends IdentifierRef {
  readonly customerId: string
  readonly verified: boolean
  /** When they were seen with it. */
  readonly at: number
  /** Who says so: `person`, `key`, `script`. */
  readonly source: string
}

/** Two records that become one. */
export interface MergePair {
  readonly from: string
  readonly into: string
}

/** What was in one journey twice, and what ends of it; committed with the merge. */
export interface MergeEndings {
  readonly now: number
  readonly changes: readonly Change[]
}

export interface MergeDone {
  readonly merge: Merge
  readonly ended: number
}

export interface UndoDone {
  readonly merge: Merge
  readonly back: Readonly<Record<string, number>>
  readonly stayed: number
}

/** By whom an identifier is found: one customer, nobody, or several who share an address. */
export type Found = { readonly id: string } | 'unknown' | 'shared'

type Changing = Changes<{
  /** Makes two records one, in one transaction. Problems `unknown-customer`, `merge-of-one`, `merge-too-large`. */
  merge(act: Act, pair: MergePair, endings: MergeEndings): Promise<MergeDone>
  /** Problems `not-found`, `merge-undone`, `merge-too-old`, `merge-undo-later`. */
  undo(act: Act, id: string): Promise<UndoDone>
  /**
   * Keeps that an identifier is a customer's, and makes one of two whom it proves to be one, where the brand's rules say
   * so; `endings` are those of the pair that `proves` has told. Problems `unknown-customer`, `identifiers-too-many`.
   */
  attach(act: Act, claim: Claim, endings: MergeEndings): Promise<IdentifierAnswer>
  /** Problem `not-found`. */
  detach(act: Act, customerId: string, identifier: IdentifierRef): Promise<void>
  /** Somebody says that these are different people; answers how many pairs that are new. */
  keepApart(act: Act, customerIds: readonly string[]): Promise<number>
}>

/** One person over many identifiers. */
export interface PersonStore extends Changing {
  /** Who a customer is by now; the id itself where it was never merged. */
  current(id: string): Promise<string>
  /** The same of several. */
  currentOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Problem `not-found`. */
  identifiersOf(customerId: string): Promise<{ identifiers: Identifier[]; formerIds: string[] }>
  find(identifiers: readonly IdentifierRef[]): Promise<Found[]>
  /** Which two become one by a claim, as `attach` would make them; null where nobody does. */
  proves(claim: Claim): Promise<MergePair | null>
  /** How old records are, by which it is said who stands; Problem `unknown-customer`. */
  ages(ids: readonly [string, string]): Promise<readonly [Aged, Aged]>
  /** Passages of both that are in one journey under one key: of each two the one that ends, as it came in later. */
  clashing(pair: MergePair): Promise<readonly StoredEnrollment[]>
  merges(
    page: { readonly customer?: string | undefined; readonly limit: number },
    realNow: number,
  ): Promise<MergeList>
  duplicates(page: { readonly after?: string | undefined; readonly limit: number }): Promise<DuplicateList>
}
