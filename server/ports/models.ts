import type { Purchase } from '../../shared/models/histories.ts'

/** What models read of the whole base. */
export interface PurchaseReads {
  /**
   * All orders before a moment as they stand by then, less what had been given back and without those given back whole;
   * in pieces, by customer and each customer's in order of time.
   */
  purchases(before: number): AsyncIterable<readonly Purchase[]>
}
