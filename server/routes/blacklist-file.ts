import { Readable } from 'node:stream'
import { setImmediate as breath } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
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

/** So many bytes, and so many lines, are read before others get their turn. */
const readAtOnce = 65_536
const linesAtOnce = 500
/** Of a longer line no address could be read. */
const longestLine = 100_000

/** As bytes, so that no character is divided. */
function* piecesOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += readAtOnce) yield bytes.subarray(from, from + readAtOnce)
}

async function* rowsOf(text: string): AsyncGenerator<string[]> {
  const [, separator, rest] = /^\ufeff?sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [null, null, text]
  const reader = parse({
    ...{ bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false },
    max_record_size: longestLine,
    delimiter: separator === null || separator === undefined ? [',', ';', '\t', '，', '；'] : [separator],
  })
  try {
    let read = 0
    for await (const row of Readable.from(piecesOf(rest ?? text)).pipe(reader)) {
      read += 1
      if (read % linesAtOnce === 0) await breath()
      yield row
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Problem('invalid-request', { detail: error.message }, 'text')
    throw error
  }
}

/** A cell of a line to be read, and as what; without a name its value must tell. */
type Cell = readonly [value: string, kinds: readonly KeptAddressKind[]]

/** What stands in a line of a file: the addresses, and behind them why. */
class Layout {
  readonly #head: readonly ReturnType<typeof named>[]
  /** Whether the first line names the columns. */
  readonly isHead: boolean
  readonly #reasonAt: number

  constructor(first: readonly string[]) {
    this.#head = first.map(named)
    this.isHead = this.#head.some((kind) => kind !== undefined && kind !== 'reason')
    this.#reasonAt = this.#head.indexOf('reason')
  }

  cells(row: readonly string[]): Cell[] {
    const [first = ''] = row
    if (!this.isHead) return [[first, kindsOf(first)]]
    return this.#head.flatMap((kind, at) =>
      kind === undefined || kind === 'reason' ? [] : [[row[at] ?? '', [kind]]],
    )
  }

  reason(row: readonly string[], cells: number): string | null {
    return (
      this.#behind(row, cells)
        .map((cell) => unguarded(cell).trim())
        .filter((cell) => cell !== '')
        .join(' ')
        .slice(0, longestReason) || null
    )
  }

  #behind(row: readonly string[], cells: number): readonly string[] {
    if (this.isHead && this.#reasonAt >= 0) return [row[this.#reasonAt] ?? '']
    return this.isHead && this.#head[0] === undefined ? [] : row.slice(cells)
  }
}

/** As where a person types it. */
const longestReason = 500

/**
 * A file of phones, mailboxes or ids, one a line, in its first column; the rest of the line, if any, says why. A
 * first line may name the columns, which then may stand in any order. Problem `invalid-request`.
 */
export async function readBlacklist(
  text: string,
): Promise<{ listed: ListedAddress[]; refused: RefusedLine[] }> {
  const listed: ListedAddress[] = []
  const refused: RefusedLine[] = []
  let layout: Layout | null = null
  let line = 0
  for await (const row of rowsOf(text)) {
    line += 1
    if (layout === null) {
      if (row.every((cell) => cell.trim() === '')) continue
      layout = new Layout(row)
      if (layout.isHead) continue
    }
    const cells = layout.cells(row)
    const reason = layout.reason(row, cells.length)
    for (const [written, kinds] of cells) {
      const value = unguarded(written)
      if (value.trim() === '') continue
      for (const kind of kinds) {
        const read = canonicalAddress(kind, value)
        if (read.ok) listed.push({ kind, address: read.address, reason })
        else refused.push({ line, value: value.slice(0, 40), fault: read.fault })
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
