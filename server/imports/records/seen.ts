import { concealed } from '../../../shared/channels/address/conceal.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { Expected, SeenValue } from '../../ports/records.ts'
import { readAttributes } from '../../store/sqlite/customers/stored.ts'
import type { BrandDatabase } from '../../store/sqlite/database.ts'
import { isObject } from './results.ts'

type Value = SeenValue['was']
type Row = Readonly<Record<string, string | number | null>> & { readonly attributes: string }

const heldValue = (row: Row, { of, name }: SeenValue): Value => {
  if (of === 'profile') return Object.hasOwn(row, name) ? (row[name] ?? null) : null
  const read = readAttributes(row.attributes)
  return read.readable && Object.hasOwn(read.value, name) ? (read.value[name] ?? null) : null
}

/**
 * Whether a customer's values are still as whoever changes them saw them; a phone that they saw masked is compared so.
 * Problem `customer-changed`, which tells what the value is now, so that neither's word is lost.
 */
export function seenChecker({ sqlite }: BrandDatabase): (record: unknown, expected: Expected) => void {
  const read = sqlite.prepare<[unknown], Row>('select * from customers where id = ?')
  return (record, { values }) => {
    const row = isObject(record) && typeof record.id === 'string' ? read.get(record.id) : undefined
    if (row === undefined) return
    for (const seen of values) {
      const now = heldValue(row, seen)
      if (now === seen.was) continue
      const { phone = null, email = null } = row
      const own = [phone, email].filter((one) => typeof one === 'string')
      const masked = concealed({ [seen.name]: now }, own)[seen.name] ?? null
      if (masked !== seen.was)
        throw new Problem('customer-changed', { field: seen.name, now: String(masked ?? '') }, seen.name)
    }
  }
}
