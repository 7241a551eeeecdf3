import type { IdentifierRef } from '../../../shared/api/persons.ts'
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
import { identifierNamer, namedBy, namedTwice } from './named.ts'
import { isObject, refusedRecord, takenRecord, type Why } from './results.ts'

interface Read extends RecordReading {
  /** The identifier that names the customer in the place of an id. */
  readonly by: IdentifierRef | null
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
    const named = row.by === null ? [] : [row.by.value]
    if ((id === null ? addresses : named).some((one) => said.has(one))) {
      parts.push([])
      said = new Set()
    }
    for (const one of [...addresses, ...named]) said.add(one)
    parts.at(-1)?.push(row)
  }
  return parts.filter((part) => part.length > 0)
}

/** A record that names its customer otherwise, under an id. */
const withId = ({ by: _by, ...record }: Readonly<Record<string, unknown>>, id: string) => ({ ...record, id })

/** Takes customers in, within the caller's transaction: by the rules of the import, each row a change of its own. */
export function customerTaker(db: BrandDatabase): (batch: RecordBatch) => RecordResult[] {
  const readTypes = attributeTypesReader(db.sqlite)
  const resolve = keyResolver(db)
  const refuse = refusalKeeper(db)
  const namer = identifierNamer(db)

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
    const refused = (row: Pick<Read, 'line' | 'value' | 'faults'>, why: Why) =>
      results.set(row.line, refusedRecord(row, why))

    const rows: Read[] = []
    for (const { line, value } of records) {
      if (!isObject(value)) continue
      const by = mode === 'merge' ? namedBy(value.by) : null
      if (by !== null && !('kind' in by)) {
        refused({ line, value, faults: [] }, by)
        continue
      }
      if (by !== null && (value.id ?? value.customer_id) !== undefined) {
        refused({ line, value, faults: [] }, namedTwice)
        continue
      }
      const row = { line, value, by, ...read(by === null ? value : withId(value, namer.idOf(by))) }
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
        if (row.by !== null) {
          const meant = namer.find(row.by)
          if (meant !== 'unknown' && !('id' in meant)) {
            refused(row, meant)
            return []
          }
          const id = meant === 'unknown' ? namer.idOf(row.by) : meant.id
          const fresh = meant === 'unknown' ? namer.addressOf(row.by) : {}
          return [{ row, patch: { ...fresh, ...entry, id } }]
        }
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
        if (row.by !== null && answer === 'imported') namer.keep(row.by, patch.id, act)
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
