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

interface Items {
  readonly items: readonly Item[]
  /** Whether they are all that the lines of the file have: then they say what the order comes to. */
  readonly whole: boolean
}

/** The property under which the lines of an order stand. */
const property = 'items'
/** Lines of one order that are kept; no journey walks more. */
const most = limits.propertyEntries.value

const none: Items = { items: [], whole: false }

/** What was bought, line by line. */
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

  return (lines: readonly (readonly string[])[], faults: CellFault[]): Items => {
    if (taken || (title === undefined && sku === undefined)) return none
    const items = lines.slice(0, most).flatMap((cells, line) => {
      const own: CellFault[] = []
      const item = itemOf(cells, own)
      faults.push(...own.map((fault) => ({ ...fault, line })))
      return item === null ? [] : [item]
    })
    return { items, whole: items.length === lines.length }
  }
}

const nothing: Properties = {}

export const itemsProperty = ({ items }: Items): Properties =>
  items.length === 0 ? nothing : { [property]: items }
