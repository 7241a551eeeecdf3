import { type DuckDBValue, listValue } from '@duckdb/node-api'
import { type Properties, type Value, valueAt } from '../../../shared/conditions/customer.ts'
import { hasLines } from '../../../shared/conditions/lines.ts'
import { orderEvent, refundEvent, refundedOrder } from '../../../shared/conditions/purchases.ts'
import { wellFormed } from '../../../shared/conditions/same.ts'
import { limits } from '../../../shared/limits.ts'
import { type OrderTraits, traitsIn } from '../../../shared/models/habits.ts'
import type { CopiedColumn, CopiedTable } from './columns.ts'
import { jsonOf, numberIn, objectIn, textIn } from './columns-read.ts'

const longestName = limits.nameLength.value

/** All paths by which something within a value can be asked for, each once. */
function pathsIn(value: unknown, path: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const member of value) pathsIn(member, path, found)
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const next = `${path}.${name}`
      // A name with a point in it is no step of a path, and no condition names a longer one.
      if (name.includes('.') || next.length > longestName) continue
      found.add(next)
      pathsIn(member, next, found)
    }
}

/**
 * The properties of an event by every name that a condition may ask by, and what each of them answers: a scalar or a
 * list of scalars. So nothing of them needs to be understood when it is asked for.
 */
export function answersOf(properties: Properties): Readonly<Record<string, Value>> {
  const names = new Set(Object.keys(properties))
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'object' && !name.includes('.')) pathsIn(value, name, names)
  }
  const answers: [string, Value][] = []
  for (const name of names) {
    const value = valueAt(properties, name)
    if (value !== null) answers.push([name, value])
  }
  return Object.fromEntries(answers)
}

/** What an event has of properties; what cannot be read of it, it does not have. */
export function propertiesIn(value: unknown): Properties | null {
  if (value === '{}') return null
  // What came in passed the schema of properties.
  return objectIn(value) as Properties | null
}

/** What an order tells of habits; of another event nothing is asked. */
function traitsColumns({ categories, channel, reduced }: OrderTraits): readonly DuckDBValue[] {
  return [categories.length === 0 ? null : listValue(categories.map(wellFormed)), channel, reduced]
}
const noTraits = [null, null, null] as const

/** What anything that happens has, recorded or done by a journey. */
export const happeningColumns: readonly CopiedColumn[] = [
  { name: 'seq', type: 'DOUBLE' },
  { name: 'id', type: 'VARCHAR' },
  { name: 'name', type: 'VARCHAR' },
  { name: 'moment', type: 'DOUBLE' },
  { name: 'amount', type: 'DOUBLE' },
  { name: 'properties', type: 'VARCHAR' },
]

export const eventsTable: CopiedTable = {
  name: 'events',
  columns: [
    ...happeningColumns,
    { name: 'refund_of', type: 'VARCHAR' },
    // What models ask of an order.
    { name: 'categories', type: 'VARCHAR[]' },
    { name: 'channel', type: 'VARCHAR' },
    { name: 'reduced', type: 'BOOLEAN' },
    /** Whether an order says line by line what was bought. */
    { name: 'lined', type: 'BOOLEAN' },
  ],
  reads: 't.customer_id, t.seq, t.id, t.name, t.at, t.amount, t.properties',
  values: ([seq, id, name, at, amount, written]) => {
    const properties = propertiesIn(written)
    return [
      numberIn(seq),
      textIn(id),
      textIn(name),
      numberIn(at),
      numberIn(amount),
      properties === null ? null : jsonOf(answersOf(properties)),
      properties !== null && name === refundEvent ? refundedOrder(properties) : null,
      ...(properties !== null && name === orderEvent ? traitsColumns(traitsIn(properties)) : noTraits),
      properties !== null && name === orderEvent && hasLines(properties),
    ]
  },
}
