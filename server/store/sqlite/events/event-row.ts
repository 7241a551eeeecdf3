import type { CustomerEvent, Properties } from '../../../../shared/conditions/customer.ts'
import { readProperties } from '../customers/stored.ts'
import { valueOr } from '../stored-json.ts'

const noProperties: Properties = {}

export interface EventRow {
  seq: number
  id: string
  customer_id: string
  name: string
  at: number
  amount: number | null
  properties: string
}

export function eventOf(row: EventRow): CustomerEvent {
  return {
    id: row.id,
    name: row.name,
    at: row.at,
    amount: row.amount,
    // What cannot be read of an event it does not have: its name, its time and its amount stand in columns of their own.
    properties: valueOr(readProperties(row.properties), noProperties),
    seq: row.seq,
  }
}
