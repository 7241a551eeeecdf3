import type { CustomerPoints, PointAdjustment, PointLedger, PointRecord } from '../../shared/api/points.ts'
import type { Problem } from '../../shared/errors/index.ts'
import type { Act, Changes } from './acts.ts'

/** What became of points that were to be added or taken. */
export type PointOutcome = 'created' | 'unchanged' | Problem

/** Which lines of the ledger are asked for. */
export interface LedgerQuery {
  /** Those before one of this number. */
  readonly before: number | null
  readonly limit: number
}

export type PointChanges = Changes<{
  /** Each by itself, in one transaction; what cannot be is told and keeps no other out. */
  book(act: Act, records: readonly PointRecord[]): Promise<readonly PointOutcome[]>
  /** Problems `unknown-customer`, `points-insufficient`, `points-key-other`. */
  adjust(act: Act, customerId: string, adjustment: PointAdjustment): Promise<void>
}>

/** The ledger of points. */
export interface PointStore extends PointChanges {
  /** Problem `unknown-customer`. */
  of(customerId: string, query: LedgerQuery, now: number): Promise<CustomerPoints>
  ledger(query: LedgerQuery): Promise<PointLedger>
}
