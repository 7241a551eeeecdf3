import type { QualityLooked } from '../../shared/api/quality.ts'
import type { Act } from './acts.ts'

/** Rows of the API that were refused, by who brought them and why. */
export interface RefusedRows {
  /** The name of a key; empty: a person. */
  readonly caller: string
  readonly kind: string
  readonly code: string
  readonly count: number
  readonly lastAt: number
}

/** What of the incoming data does not look right. */
export interface QualityStore {
  /** `now` is the brand's clock. Problems as of any question over everybody. */
  look(asked: { readonly now: number; readonly zone: string }): Promise<QualityLooked>
  /** Counts rows that were refused outside of a batch of records, by their codes. */
  noteRefused(act: Act, kind: string, codes: readonly string[]): Promise<void>
  /** Since a real time. */
  refused(since: number): Promise<readonly RefusedRows[]>
}
