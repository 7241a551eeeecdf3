import type { Properties, PropertyValue } from '../../shared/conditions/customer.ts'
import { limits } from '../../shared/limits.ts'
import { type CellFault, cellFor, optional, type RowContext } from './cells.ts'
import { type Read, readText, refused } from './values.ts'

const readQuantity: Read<number> = (text, column) => {
  const bare = text.normalize('NFKC').replace(/[,\s]|[件个]$/g, '')
  return /^\d{1,9}(?:\.\d{1,3})?$/.test(bare) ? Number(bare) : refused('not-a-number', text, column)
}

/** The property under which the lines of an order stand. */
const property = 'items'
/** Lines of one order that are kept; no journey walks more. */
const most = limits.propertyEntries.value

/** What was bought, line by line: `{title, sku, quantity, price}`, the price in minor units. */
export function itemsReader(context: RowContext, readAmount: Read<number>) {
  const title = cellFor('item_title', readText, context)
  const sku = cellFor('item_sku', readText, context)
  const quantity = cellFor('item_quantity', readQuantity, context)
  const readPrice: Read<number> = (text, column) => {
    const amount = readAmount(text, column)
    return typeof amount === 'number' && amount < 0 ? refused('negative-amount', text, column) : amount
  }
  const price = cellFor('item_price', readPrice, context)
  const taken = context.mapping[property] === 'attribute'

  const itemOf = (cells: readonly string[], faults: CellFault[]): PropertyValue | null => {
    const named = { title: optional(title, cells, faults), sku: optional(sku, cells, faults) }
    if (named.title === undefined && named.sku === undefined) return null
    const item: Record<string, PropertyValue> = {}
    const counted = { quantity: optional(quantity, cells, faults), price: optional(price, cells, faults) }
    for (const [name, value] of Object.entries({ ...named, ...counted }))
      if (value !== undefined) item[name] = value
    return item
  }

  return (lines: readonly (readonly string[])[], faults: CellFault[]): Properties => {
    if (taken || (title === undefined && sku === undefined)) return {}
    const items = lines.slice(0, most).flatMap((cells, line) => {
      const own: CellFault[] = []
      const item = itemOf(cells, own)
      faults.push(...own.map((fault) => ({ ...fault, line })))
      return item === null ? [] : [item]
    })
    return items.length === 0 ? {} : { [property]: items }
  }
}
