import type { RecordResult } from '../../../shared/api/records.ts'
import type { Declared } from '../../../shared/conditions/types/index.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { originOf } from '../../../shared/origins/kinds.ts'
import type { RecordBatch } from '../../ports/records.ts'
import { AttributeTally, attributeTypesReader, tallyKeeper } from '../../store/sqlite/customers/attributes.ts'
import { customerSaver, type SavedCustomer } from '../../store/sqlite/customers/customers.ts'
import { refusalKeeper } from '../../store/sqlite/customers/refusals.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { bringForwardOwnDays } from '../../store/sqlite/journeys/own-days.ts'
import { refusalsOf } from '../consents.ts'
import { idOfAddress, type Key, keyResolver } from '../keys.ts'
import { Refusal } from '../reasons.ts'
import { AttributeTypes } from './attributes.ts'
import { type CustomerEntry, customerRecords, type RecordReading } from './customer-record.ts'
import { fieldNamed } from './fields.ts'
import { isObject, refusedRecord, takenRecord } from './results.ts'

interface Read extends RecordReading {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}

const statusOf = {
  imported: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  // Over the API each row is a change of its own.
  conflict: 'unchanged',
} as const satisfies Record<SavedCustomer, RecordResult['status']>

/** Which types the attributes of the rows have: of new ones what all their values speak for. */
function typesFor(
  known: Readonly<Record<string, Declared>>,
  records: RecordBatch['records'],
): AttributeTypes {
  const types = new AttributeTypes(known)
  for (const { value } of records) {
    if (!isObject(value)) continue
    const { attributes = {}, ...fields } = value
    const own = isObject(attributes) ? Object.entries(attributes) : []
    for (const [name, member] of [...Object.entries(fields), ...own])
      if (member !== null && fieldNamed(name) === undefined) types.see(name, member)
  }
  return types
}

const keyOf = ({ id, phone, email }: CustomerEntry): Key => ({
  id,
  phone: phone ?? null,
  email: email ?? null,
})

/**
 * Rows without an id are found by address. One whose address an earlier row of the batch says begins a part of its own,
 * so that it finds who that row has made.
 */
function parted(rows: readonly Read[]): Read[][] {
  const parts: Read[][] = [[]]
  let said = new Set<string>()
  for (const row of rows) {
    if (row.entry instanceof Refusal) continue
    const { id, phone, email } = row.entry
    const addresses = [phone, email].filter((one) => typeof one === 'string')
    if (id === null && addresses.some((one) => said.has(one))) {
      parts.push([])
      said = new Set()
    }
    for (const one of addresses) said.add(one)
    parts.at(-1)?.push(row)
  }
  return parts.filter((part) => part.length > 0)
}

/** Takes customers in, within the caller's transaction: by the rules of the import, each row a change of its own. */
export function customerTaker(db: BrandDatabase): (batch: RecordBatch) => RecordResult[] {
  const readTypes = attributeTypesReader(db.sqlite)
  const resolve = keyResolver(db)
  const refuse = refusalKeeper(db)

  return ({ records, mode, act }) => {
    const { zone, currency, of } = readTypes()
    const now = act.at
    const types = typesFor(of, records)
    const read = customerRecords({ zone, currency, types, now }, mode)
    const tally = new AttributeTally(types.all(), { zone, currency })
    const counting = tallyKeeper(db, tally, new Set(), now)
    const save = customerSaver(db, {
      source: 'api',
      changed: (said, before) => tally.changed(said, before),
    })
    const results = new Map<number, RecordResult>()
    const refused = (row: Pick<Read, 'line' | 'value' | 'faults'>, why: Refusal) =>
      results.set(row.line, refusedRecord(row, why))

    const rows: Read[] = []
    for (const { line, value } of records) {
      if (!isObject(value)) continue
      const row = { line, value, ...read(value) }
      rows.push(row)
      if (row.entry instanceof Refusal) refused(row, row.entry)
    }
    const outside = rows.flatMap(({ refusals }) => refusals)

    /** Who each row is of; whom nobody knows yet is made, unless the call changes somebody who must be there. */
    const identified = (part: readonly Read[]) => {
      const entries = part.flatMap(({ entry }) => (entry instanceof Refusal ? [] : [entry]))
      const found = resolve(entries.map(keyOf))
      return part.flatMap((row, index) => {
        const entry = entries[index]
        const one = found[index] ?? 'unknown'
        if (entry === undefined) return []
        if (one instanceof Refusal && entry.id === null) {
          refused(row, one)
          outside.push(...refusalsOf({ ...entry, closed: entry.closed ?? [] }))
          return []
        }
        const by = one instanceof Refusal || one === 'unknown' ? null : one
        const id = entry.id ?? by?.id ?? idOfAddress(keyOf(entry))
        if (mode === 'change' && by?.id !== id) {
          refused(row, new Refusal('unknown-customer', { customer: id }))
          return []
        }
        return [{ row, patch: { ...entry, id } }]
      })
    }

    let zoned = false
    for (const part of parted(rows)) {
      const known = identified(part)
      const saved = save(
        known.map(({ patch }) => patch),
        now,
        originOf(act.actor),
      )
      for (const [index, answer] of saved.entries()) {
        const one = known[index]
        if (one === undefined) continue
        const { row, patch } = one
        zoned ||= answer !== 'unchanged' && typeof patch.timezone === 'string'
        results.set(row.line, takenRecord(row, patch.id, statusOf[answer]))
      }
    }
    if (outside.length > 0) refuse(outside, { heard: now, source: 'api' })
    counting.end()
    if (zoned) bringForwardOwnDays(db, registry, now)
    return records.flatMap(({ line }) => results.get(line) ?? [])
  }
}
