import { CsvError, parse } from 'csv-parse/sync'
import type { AddressFault, KeptAddressKind } from '../../shared/channels/address/address.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { unguarded } from '../../shared/csv.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'

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
  [
    'phone',
    /^(?:phone|mobile|tel|telephone|cell|联系|客户|会员|用户)?(?:phone|mobile|number|手机|手机号|手机号码|电话|号码|电话号码)?$/i,
  ],
  ['email', /^(?:e-?mail|mail)(?:address)?$|^(?:电子|联系)?(?:邮箱|邮件)(?:地址)?$/i],
  ['customer', /^(?:customer|member|user)?id$|^(?:客户|会员|用户|顾客)?(?:编号|id|号)$/i],
]
const reasons = /^(?:reasons?|notes?|comments?|remarks?|why|原因|备注|说明|理由)$/i

/** What a column is of; undefined where its name says nothing of it. */
function named(cell: string): KeptAddressKind | 'reason' | undefined {
  if (cell.length > limits.nameLength.value) return undefined
  const name = cell.normalize('NFKC').replace(/\(.*?\)|[\s_"']/g, '')
  if (name === '') return undefined
  return reasons.test(name) ? 'reason' : heads.find(([, pattern]) => pattern.test(name))?.[0]
}

/** A number of which some country's plan, or a person's eye, says that it is a phone's. */
const surelyPhone = /^(?:\+|1[3-9]\d{9}$|[48]00)/
const mobileWithin = /(?<!\d)1[3-9]\d{9}(?!\d)/

/** A value under no name: a mailbox by its @, a phone by its digits, else an id; bare digits may be either. */
function kindsOf(value: string): readonly KeptAddressKind[] {
  if (/[@＠]/.test(value)) return ['email']
  const phone = canonicalAddress('phone', value)
  if (phone.ok) {
    if (value.replace(/\D/g, '').length < 7) return ['customer']
    const bare = /^[1-9]\d*$/.test(value.trim())
    return bare && !surelyPhone.test(phone.address) ? ['phone', 'customer'] : ['phone']
  }
  // What a spreadsheet, a mask or a note has spoiled was a phone, and is refused as one.
  const spoiled = ['masked', 'scientific', 'several'].includes(phone.fault) || mobileWithin.test(value)
  return spoiled ? ['phone'] : ['customer']
}

function rowsOf(text: string): string[][] {
  const [, separator, rest] = /^\ufeff?sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [null, null, text]
  try {
    return parse(rest ?? text, {
      ...{ bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false },
      delimiter: separator === null || separator === undefined ? [',', ';', '\t', '，', '；'] : [separator],
    })
  } catch (error) {
    if (error instanceof CsvError) throw new Problem('invalid-request', { detail: error.message }, 'text')
    throw error
  }
}

/** A cell of a line to be read, and as what; without a name its value must tell. */
type Cell = readonly [value: string, kinds: readonly KeptAddressKind[]]

/**
 * A file of phones, mailboxes or ids, one a line, in its first column; the rest of the line, if any, says why. A
 * first line may name the columns, which then may stand in any order. Problem `invalid-request`.
 */
export function readBlacklist(text: string): { listed: ListedAddress[]; refused: RefusedLine[] } {
  const rows = rowsOf(text)
  const first = rows.findIndex((row) => row.some((cell) => cell.trim() !== ''))
  const head = (rows[first] ?? []).map(named)
  const isHead = head.some((kind) => kind !== undefined && kind !== 'reason')
  const reasonAt = head.indexOf('reason')
  const listed: ListedAddress[] = []
  const refused: RefusedLine[] = []
  for (const [index, row] of rows.entries()) {
    if (index === first && isHead) continue
    const cells: Cell[] = isHead
      ? head.flatMap((kind, at) => (kind === undefined || kind === 'reason' ? [] : [[row[at] ?? '', [kind]]]))
      : [[row[0] ?? '', kindsOf(row[0] ?? '')]]
    const behind =
      isHead && reasonAt >= 0
        ? [row[reasonAt] ?? '']
        : isHead && head[0] === undefined
          ? []
          : row.slice(cells.length)
    const reason =
      behind
        .map((cell) => unguarded(cell).trim())
        .filter((cell) => cell !== '')
        .join(' ') || null
    for (const [written, kinds] of cells) {
      const value = unguarded(written)
      if (value.trim() === '') continue
      for (const kind of kinds) {
        const read = canonicalAddress(kind, value)
        if (read.ok) listed.push({ kind, address: read.address, reason })
        else refused.push({ line: index + 1, value: value.slice(0, 40), fault: read.fault })
      }
    }
  }
  return { listed, refused }
}

/** The names of the columns of an exported blacklist, which `readBlacklist` knows. */
export const blacklistHead = [['phone', 'email', 'customer_id', 'reason']]

/** A line of an exported blacklist: the address in the column of its kind. */
export function blacklistRow({ kind, address, reason }: ListedAddress): string[] {
  const columns = { phone: '', email: '', customer: '', [kind]: address }
  return [columns.phone, columns.email, columns.customer, reason ?? '']
}
