import type Database from 'better-sqlite3'
import { actEvent, isAct } from '../../../../shared/conditions/acts.ts'
import type { CustomerEvent } from '../../../../shared/conditions/customer.ts'
import { refundEvent } from '../../../../shared/conditions/purchases.ts'
import { actsReader } from './acts.ts'
import { type EventRow, eventOf } from './event-row.ts'

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}

const inOrder = (one: CustomerEvent, other: CustomerEvent): number =>
  one.at - other.at || (one.seq ?? 0) - (other.seq ?? 0)

/**
 * What some customers did, and what journeys did to them, by the names of events: of each in the order of their time.
 * What was done before `since` is left out, but for those of whom a refund is known after it, which may be for an earlier order.
 */
type HistoryReader = (
  ids: readonly string[],
  names: readonly string[],
  since?: number | null,
) => Map<string, CustomerEvent[]>

export function historyReader(sqlite: Database.Database): HistoryReader {
  const recorded = sqlite.prepare<[string, string], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id in (select value from json_each(?)) and name in (select value from json_each(?)) order by at, seq`,
  )
  const lately = sqlite.prepare<[string, string, number], EventRow>(
    `select seq, id, customer_id, name, at, amount, properties from events
     where customer_id in (select value from json_each(?)) and name in (select value from json_each(?)) and at >= ?
     order by at, seq`,
  )
  const acts = actsReader(sqlite)
  const readAll = (ids: readonly string[], names: readonly string[]) => {
    const found = new Map<string, CustomerEvent[]>()
    for (const row of recorded.all(JSON.stringify(ids), JSON.stringify(names)))
      push(found, row.customer_id, eventOf(row))
    return found
  }
  const anyLately = sqlite
    .prepare<[string, number], number>('select exists (select 1 from events where name = ? and at >= ?)')
    .pluck()
  const readSince = (ids: readonly string[], names: readonly string[], since: number) => {
    const found = new Map<string, CustomerEvent[]>()
    const refunded = new Set<string>()
    // What nobody has done since need not be looked for with each.
    const done = names.filter((name) => anyLately.get(name, since) === 1)
    if (done.length === 0) return found
    for (const row of lately.all(JSON.stringify(ids), JSON.stringify(done), since)) {
      push(found, row.customer_id, eventOf(row))
      if (row.name === refundEvent) refunded.add(row.customer_id)
    }
    if (refunded.size > 0) for (const [id, whole] of readAll([...refunded], names)) found.set(id, whole)
    return found
  }
  return (ids, names, since = null) => {
    const came = names.filter((name) => !isAct(name))
    const found =
      came.length === 0
        ? new Map<string, CustomerEvent[]>()
        : since === null
          ? readAll(ids, came)
          : readSince(ids, came, since)
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
