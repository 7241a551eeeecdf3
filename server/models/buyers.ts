import type { Bought } from '../../shared/models/histories.ts'
import type { PurchaseReads } from '../ports/models.ts'

/** A customer who has bought, with all orders in order of time: at least one. */
export interface Buyer {
  readonly customerId: string
  readonly orders: readonly Bought[]
}

/** Everybody who has bought before a moment, one at a time, so that the base may be larger than the memory. */
export async function* buyers(reads: PurchaseReads, before: number): AsyncGenerator<Buyer> {
  let customerId: string | null = null
  let orders: Bought[] = []
  for await (const piece of reads.purchases(before))
    for (const purchase of piece) {
      if (purchase.customerId !== customerId) {
        if (customerId !== null) yield { customerId, orders }
        customerId = purchase.customerId
        orders = []
      }
      orders.push(purchase)
    }
  if (customerId !== null) yield { customerId, orders }
}
