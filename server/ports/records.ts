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

/** Rows of one kind that came in together, or as a part of a longer call. */
export interface RecordBatch {
  readonly kind: RecordKind
  readonly mode: RecordMode
  /** Of the call, under which the log gathers its batches; null: of one record, which the log names. */
  readonly call: string | null
  readonly act: Act
  readonly records: readonly IncomingRecord[]
}

/** Takes rows in, each by itself, in their order, in one transaction with its line of the log. */
export type TakeRecords = (batch: RecordBatch) => Promise<RecordResult[]>
