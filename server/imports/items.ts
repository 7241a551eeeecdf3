import type { Value } from '../../shared/conditions/customer.ts'
import { type CellFault, cellFor, optional, type RowContext } from './cells.ts'
import { type Read, readText, refused } from './values.ts'

const readQuantity: Read<number> = (text, column) => {
  const bare = text.normalize('NFKC').replace(/[,\s]|[件个]$/g, '')
  return /^\d{1,9}(?:\.\d{1,3})?$/.test(bare) ? Number(bare) : refused('not-a-number', text, column)
}

/** The property under which the lines of an order stand. */
const property = 'items'

/**
 * What was bought, line by line. Properties hold lists of texts, so a line is its title with its number
 * where it is not one.
 */
export function itemsReader(context: RowContext, readAmount: Read<number>) {
  const title = cellFor('item_title', readText, context)
  const sku = cellFor('item_sku', readText, context)
  const quantity = cellFor('item_quantity', readQuantity, context)
  const price = cellFor('item_price', readAmount, context)
  const taken = context.mapping[property] === 'attribute'
  return (lines: readonly (readonly string[])[], faults: CellFault[]): Readonly<Record<string, Value>> => {
    if (taken || (title === undefined && sku === undefined)) return {}
    const items = lines.flatMap((cells, line) => {
      const own: CellFault[] = []
      const what = optional(title, cells, own) ?? optional(sku, cells, own)
      const count = optional(quantity, cells, own) ?? 1
      optional(price, cells, own)
      faults.push(...own.map((fault) => ({ ...fault, line })))
      return what === undefined ? [] : [count === 1 ? what : `${what} ×${count}`]
    })
    return items.length === 0 ? {} : { [property]: items }
  }
}
