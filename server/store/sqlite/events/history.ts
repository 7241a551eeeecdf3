import type Database from 'better-sqlite3'
import { actEvent, isAct } from '../../../../shared/conditions/acts.ts'
import type { CustomerEvent } from '../../../../shared/conditions/customer.ts'
import { actsReader } from './acts.ts'
import { type EventRow, eventOf } from './event-row.ts'

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}

const inOrder = (one: CustomerEvent, other: CustomerEvent): number =>
  one.at - other.at || (one.seq ?? 0) - (other.seq ?? 0)

/** What some customers did, and what journeys did to them, by the names of events: of each in the order of their time. */
export function historyReader(
  sqlite: Database.Database,
): (ids: readonly string[], names: readonly string[]) => Map<string, CustomerEvent[]> {
  const recorded = sqlite.prepare<[string, string], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id in (select value from json_each(?)) and name in (select value from json_each(?)) order by at, seq`,
  )
  const acts = actsReader(sqlite)
  return (ids, names) => {
    const found = new Map<string, CustomerEvent[]>()
    const came = names.filter((name) => !isAct(name))
    if (came.length > 0)
      for (const row of recorded.all(JSON.stringify(ids), JSON.stringify(came)))
        push(found, row.customer_id, eventOf(row))
    if (came.length === names.length) return found
    const mixed = new Set<CustomerEvent[]>()
    for (const [customer, act] of acts(ids, names)) {
      push(found, customer, actEvent(act))
      const whole = found.get(customer)
      if (whole !== undefined) mixed.add(whole)
    }
    for (const one of mixed) one.sort(inOrder)
    return found
  }
}
