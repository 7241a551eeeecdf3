import { CsvError, parse } from 'csv-parse/sync'
import type { AddressFault, KeptAddressKind } from '../../shared/channels/address/address.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { Problem } from '../../shared/errors/index.ts'

export interface ListedAddress {
  readonly kind: KeptAddressKind
  readonly address: string
  readonly reason: string | null
}

export interface RefusedLine {
  readonly line: number
  readonly value: string
  readonly fault: AddressFault
}

const heads: readonly (readonly [KeptAddressKind, RegExp])[] = [
  ['phone', /^(?:phone|mobile|tel|手机|手机号|手机号码|电话|号码|电话号码)$/i],
  ['email', /^(?:e-?mail|mail|邮箱|电子邮箱|邮件|邮箱地址)$/i],
  ['customer', /^(?:customer[_ ]?id|id|member[_ ]?id|客户编号|会员编号|会员号|编号)$/i],
]

/** Which kind a column's name says; undefined where the first line is no line of names. */
const named = (cell: string) => heads.find(([, pattern]) => pattern.test(cell.trim()))?.[0]

/** A value under no name: a mailbox by its @, a phone by its digits, else an id. */
function kindOf(value: string): KeptAddressKind {
  if (value.includes('@')) return 'email'
  const digits = value.replace(/\D/g, '').length
  const phone = canonicalAddress('phone', value)
  // What a spreadsheet or a mask has spoiled was a phone, and is refused as one.
  const spoiled = !phone.ok && ['masked', 'scientific', 'several'].includes(phone.fault)
  return spoiled || (phone.ok && digits >= 7) ? 'phone' : 'customer'
}

/**
 * A file of phones, mailboxes or ids, one a line, in its first column; the second, if any, says why. A first
 * line may name the column. Problem `csv-unreadable`.
 */
export function readBlacklist(text: string): { listed: ListedAddress[]; refused: RefusedLine[] } {
  let rows: string[][]
  try {
    rows = parse(text, { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false })
  } catch (error) {
    if (error instanceof CsvError) throw new Problem('invalid-request', { detail: error.message }, 'text')
    throw error
  }
  const head = named(rows[0]?.[0] ?? '')
  const listed: ListedAddress[] = []
  const refused: RefusedLine[] = []
  for (const [index, [value = '', reason = '']] of rows.entries()) {
    if ((index === 0 && head !== undefined) || value.trim() === '') continue
    const kind = head ?? kindOf(value)
    const read = canonicalAddress(kind, value)
    if (read.ok) listed.push({ kind, address: read.address, reason: reason.trim() || null })
    else refused.push({ line: index + 1, value: value.slice(0, 40), fault: read.fault })
  }
  return { listed, refused }
}
