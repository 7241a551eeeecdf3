import type { Properties } from '../../shared/conditions/customer.ts'
import { limits } from '../../shared/limits.ts'
import { type CellFault, cellFor, optional, type RowContext } from './cells.ts'
import { atLeastNothing, takenOff } from './money.ts'
import { type Read, readText, refused } from './values.ts'

const readQuantity: Read<number> = (text, column) => {
  const bare = text.normalize('NFKC').replace(/[,\s]|[件个]$/g, '')
  return /^\d{1,9}(?:\.\d{1,3})?$/.test(bare) ? Number(bare) : refused('not-a-number', text, column)
}

const counted = ['quantity', 'price', 'discount', 'tax', 'refunded'] as const

/** A line of an order, amounts in minor units: the price of one, the others of the line in all. */
export type Item = { title?: string; sku?: string } & { [Part in (typeof counted)[number]]?: number }

/** What was given back of a line. */
export interface ReturnedItem {
  /** null: by nothing could a refund name it. */
  readonly sku: string | null
  readonly quantity: number | null
  /** As the file says, else what the pieces are worth; null: nobody can tell. */
  readonly amount: number | null
  /** Where its pieces stand. */
  readonly column: string
  readonly line: number
}

export interface Items {
  readonly items: readonly Item[]
  /** Whether they are all that the lines of the file have: then they say what the order comes to. */
  readonly whole: boolean
  readonly returned: readonly ReturnedItem[]
}

/** The property under which the lines of an order stand. */
const property = 'items'
/** Lines of one order that are kept; no journey walks more. */
const most = limits.propertyEntries.value

const none: Items = { items: [], whole: false, returned: [] }

/** What so many pieces of a line are worth: their part of it, less what was taken off it. */
function worthOf({ price, quantity = 1, discount = 0 }: Item, pieces: number): number | null {
  if (price === undefined || quantity <= 0) return null
  return Math.round((Math.round(price * quantity) - discount) * (pieces / quantity))
}

/** What was bought, line by line, and what of it was given back. */
export function itemsReader(context: RowContext, readAmount: Read<number>) {
  const title = cellFor('item_title', readText, context)
  const sku = cellFor('item_sku', readText, context)
  const cells = {
    quantity: cellFor('item_quantity', readQuantity, context),
    price: cellFor('item_price', atLeastNothing(readAmount), context),
    discount: cellFor('item_discount', takenOff(readAmount), context),
    tax: cellFor('item_tax', atLeastNothing(readAmount), context),
    refunded: cellFor('item_refunded', takenOff(readAmount), context),
  } satisfies Record<(typeof counted)[number], unknown>
  const columns = counted.filter((name) => cells[name] !== undefined)
  const back = cellFor('item_refunded_quantity', readQuantity, context)
  const taken = context.mapping[property] === 'attribute'

  const itemOf = (line: readonly string[], faults: CellFault[]): Item | null => {
    const item: Item = {}
    const called = optional(title, line, faults)
    const numbered = optional(sku, line, faults)
    if (called === undefined && numbered === undefined) return null
    if (called !== undefined) item.title = called
    if (numbered !== undefined) item.sku = numbered
    for (const name of columns) {
      const value = optional(cells[name], line, faults)
      if (value !== undefined) item[name] = value
    }
    return item
  }

  /** The pieces of a line that came back; more than were bought are none. */
  const piecesOf = (cellsOf: readonly string[], item: Item, faults: CellFault[]): number | null => {
    const pieces = optional(back, cellsOf, faults) ?? 0
    const bought = item.quantity ?? 1
    if (back === undefined || pieces === 0) return null
    if (pieces <= bought) return pieces
    const value = String(pieces)
    const refusal = refused('too-many-back', item.sku ?? item.title ?? value, back.column, {
      bought,
      left: bought,
    })
    faults.push({ column: back.column, value, refusal })
    return null
  }

  const returnedOf = (
    cellsOf: readonly string[],
    item: Item,
    { line, faults }: { readonly line: number; readonly faults: CellFault[] },
  ): ReturnedItem[] => {
    const quantity = piecesOf(cellsOf, item, faults)
    const said = item.refunded ?? null
    if (quantity === null && (said === null || said === 0)) return []
    const amount = said ?? (quantity === null ? null : worthOf(item, quantity))
    return [{ sku: item.sku ?? null, quantity, amount, column: back?.column ?? '', line }]
  }

  return (lines: readonly (readonly string[])[], faults: CellFault[]): Items => {
    if (taken || (title === undefined && sku === undefined)) return none
    const returned: ReturnedItem[] = []
    const items = lines.slice(0, most).flatMap((cellsOf, line) => {
      const own: CellFault[] = []
      const item = itemOf(cellsOf, own)
      if (item !== null) returned.push(...returnedOf(cellsOf, item, { line, faults: own }))
      faults.push(...own.map((fault) => ({ ...fault, line })))
      return item === null ? [] : [item]
    })
    return { items, whole: items.length === lines.length, returned }
  }
}

const nothing: Properties = {}

export const itemsProperty = ({ items }: Pick<Items, 'items'>): Properties =>
  items.length === 0 ? nothing : { [property]: items }
