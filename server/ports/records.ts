import type { RecordResult } from '../../shared/api/records.ts'
import type { Act } from './acts.ts'

/** What rows can be of. */
export const recordKinds = ['customers', 'orders', 'products'] as const
export type RecordKind = (typeof recordKinds)[number]

/** A row that came in, read as JSON and not yet looked at. */
export interface IncomingRecord {
  readonly line: number
  readonly value: unknown
}

/**
 * How a record meets what is known of it. `merge`: what it leaves out stays; `replace`: it is all there is; `change`:
 * as merge, of somebody who must be known.
 */
export type RecordMode = 'merge' | 'replace' | 'change'

/** A value as a person saw it who changes it: masked where it was shown so, null where there was none. */
export interface SeenValue {
  readonly of: 'profile' | 'attribute'
  readonly name: string
  readonly was: string | number | boolean | null
}

/** Of one record: what it takes the place of. */
export interface Expected {
  readonly values: readonly SeenValue[]
}

/** Rows of one kind that came in together, or as a part of a longer call. */
export interface RecordBatch {
  readonly kind: RecordKind
  readonly mode: RecordMode
  /** Of the call, under which the log gathers its batches; null: of one record, which the log names. */
  readonly call: string | null
  readonly act: Act
  readonly records: readonly IncomingRecord[]
  /** By a person, of one customer; Problem `customer-changed` where it is another by now. */
  readonly expected?: Expected
}

/** Takes rows in, each by itself, in their order, in one transaction with its line of the log. */
export type TakeRecords = (batch: RecordBatch) => Promise<RecordResult[]>
