import type { ImportKind } from '../../shared/api/imports.ts'
import { textAt } from './cells.ts'
import { cleanRow } from './clean.ts'
import type { Mapping } from './columns.ts'
import { noDataReader } from './lines.ts'
import { Refusal } from './reasons.ts'
import type { Row } from './records.ts'
import { shaped } from './shape.ts'

/** A row whose cells are known and clean. */
export interface Line {
  readonly row: Row
  readonly cells: readonly string[]
}

/** What is saved as one: a customer's row, the lines of an order; or a row that does not get so far. */
export type Unit =
  | { readonly lines: readonly [Line, ...Line[]] }
  | { readonly row: Row; readonly refusal: Refusal }
  /** A row that says once more what a line before it says. */
  | { readonly row: Row; readonly again: true }

export interface UnitContext {
  readonly kind: ImportKind
  readonly columns: readonly string[]
  readonly header: readonly string[]
  readonly mapping: Mapping
  readonly keys: readonly number[]
  readonly scattered: ReadonlySet<string>
  /** Whether totals, remarks and repeated headers are taken for data, as somebody asked. */
  readonly takeAll: boolean
}

/** Divides the rows of a file into units. Whoever has given all rows calls `end` for what is held back. */
export interface Units {
  take(row: Row): Unit[]
  /** One by one: a file of millions may hold back hundreds of thousands. */
  end(): Iterable<Unit>
}

function plainUnits(context: UnitContext): (row: Row) => Line | Unit {
  const { columns, header, keys, takeAll } = context
  const noDataOf = noDataReader({ header, keys })
  return (row) => {
    if (row.cells === null) return { row, refusal: new Refusal('broken-quotes') }
    const clean = cleanRow(row.cells)
    const passed = takeAll ? null : noDataOf(clean)
    if (passed !== null) return { row, refusal: passed }
    const cells = shaped(clean, columns.length)
    return cells instanceof Refusal ? { row, refusal: cells } : { row, cells }
  }
}

const isLine = (unit: Line | Unit): unit is Line => 'cells' in unit

/** Fields that an order has once, whichever of its lines says them. */
const once = ['customer_id', 'ordered_at', 'created_at', 'amount']

/** How the lines of one order are told from a second, other mention of it. */
function lineRules({ columns, mapping }: UnitContext) {
  const which = (has: (target: string) => boolean) =>
    columns.flatMap((column, index) => (has(mapping[column] ?? 'ignore') ? [index] : []))
  const single = which((target) => once.includes(target))
  const others = which((target) => target === 'attribute' || !once.includes(target)).filter(
    (index) => mapping[columns[index] ?? ''] !== 'ignore',
  )
  const goods = which((target) => target.startsWith('item_')).length > 0
  const differ = (at: readonly number[], one: Line, other: Line) =>
    at.some((index) => {
      const left = textAt(one.cells, index)
      const right = textAt(other.cells, index)
      return left !== '' && right !== '' && left !== right
    })
  const says = (at: readonly number[], { cells }: Line) => at.some((index) => textAt(cells, index) !== '')
  const bare = which((target) => target === 'amount' || target === 'ordered_at')
  return {
    /** A line of the order: it says nothing else of what an order has once. */
    belongs: (first: Line, line: Line) =>
      !differ(single, first, line) && (goods || !says(bare, line) || !differ(others, first, line)),
    /** The same row once more, where rows are orders and not what was bought. */
    repeats: (first: Line, line: Line) => !goods && says(bare, line) && !differ(others, first, line),
  }
}

/** Puts the lines of an order together; those that stand in several places of the file at its end. */
class OrderUnits implements Units {
  readonly #plain: (row: Row) => Line | Unit
  readonly #rules: ReturnType<typeof lineRules>
  readonly #id: number
  readonly #scattered: ReadonlySet<string>
  readonly #held = new Map<string, Line[]>()
  #open: Line[] = []
  #openId = ''

  constructor(context: UnitContext) {
    this.#plain = plainUnits(context)
    this.#rules = lineRules(context)
    this.#id = context.columns.findIndex((column) => context.mapping[column] === 'order_id')
    this.#scattered = context.scattered
  }

  take(row: Row): Unit[] {
    const line = this.#plain(row)
    if (!isLine(line)) return [line]
    const id = textAt(line.cells, this.#id)
    if (id !== '' && this.#scattered.has(id)) {
      const held = this.#held.get(id)
      if (held === undefined) this.#held.set(id, [line])
      else held.push(line)
      return []
    }
    if (id !== '' && id === this.#openId) {
      this.#open.push(line)
      return []
    }
    const done = this.#close()
    this.#open = [line]
    this.#openId = id
    return done
  }

  *end(): Generator<Unit> {
    yield* this.#close()
    for (const lines of this.#held.values()) yield* this.#unitsOf(lines)
    this.#held.clear()
  }

  #close(): Unit[] {
    const lines = this.#open
    this.#open = []
    this.#openId = ''
    return this.#unitsOf(lines)
  }

  #unitsOf([first, ...rest]: readonly Line[]): Unit[] {
    if (first === undefined) return []
    const own: Line[] = []
    const others: Unit[] = []
    for (const line of rest) {
      const id = textAt(line.cells, this.#id)
      if (!this.#rules.belongs(first, line))
        others.push({ row: line.row, refusal: new Refusal('duplicate-order', { id }) })
      else if (this.#rules.repeats(first, line)) others.push({ row: line.row, again: true })
      else own.push(line)
    }
    return [{ lines: [first, ...own] }, ...others]
  }
}

/** Each row by itself. */
class RowUnits implements Units {
  readonly #plain: (row: Row) => Line | Unit

  constructor(context: UnitContext) {
    this.#plain = plainUnits(context)
  }

  take(row: Row): Unit[] {
    const line = this.#plain(row)
    return isLine(line) ? [{ lines: [line] }] : [line]
  }

  end(): Iterable<Unit> {
    return []
  }
}

const makers: Readonly<Record<ImportKind, (context: UnitContext) => Units>> = {
  customers: (context) => new RowUnits(context),
  orders: (context) => new OrderUnits(context),
  products: (context) => new RowUnits(context),
  entrants: (context) => new RowUnits(context),
}

export const unitsOf = (context: UnitContext): Units => makers[context.kind](context)
