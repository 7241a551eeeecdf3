import type { BrandDatabase } from '../database.ts'

/** Has somebody scored anew whose events are others now, though none came in; within the caller's transaction. */
export function scoreMarker({ sqlite }: Pick<BrandDatabase, 'sqlite'>): (customerId: string) => void {
  const add = sqlite.prepare<[string]>('insert into to_score (customer_id) values (?)')
  return (customerId) => void add.run(customerId)
}
