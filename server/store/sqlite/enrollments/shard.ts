import { hash32 } from '../../../../shared/stats/hash.ts'

/** The shard of a customer, 0 to 255. */
export function shardOf(customerId: string): number {
  return hash32(customerId) & 255
}
