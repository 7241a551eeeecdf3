import type Database from 'better-sqlite3'
import type { Properties } from '../../../../shared/conditions/customer.ts'
import { shardOf } from '../enrollments/shard.ts'

/** Something that is told of an invitation; its id says it once of each customer. */
export interface Told {
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly at: number
  readonly properties: Properties
}

/** Tells of invitations as events like any other, within the caller's transaction; of nobody who is not there. */
export function referralTeller(sqlite: Database.Database): (told: Told) => void {
  const tell = sqlite.prepare(
    `insert or ignore into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
     select @id, @customerId, @shard, @name, @at, null, @properties, @at, 'journey', 1
     where exists (select 1 from customers where id = @customerId)`,
  )
  return ({ properties, ...told }) => {
    tell.run({ ...told, shard: shardOf(told.customerId), properties: JSON.stringify(properties) })
  }
}
