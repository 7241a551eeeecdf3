import { limits } from '../../shared/limits.ts'
import { minorDigits } from '../../shared/money.ts'
import type { ProductPatch } from '../store/sqlite/products/products.ts'
import { type CellFault, cellFor, idReader, optional, type RowContext, required } from './cells.ts'
import type { RowReading } from './customer-row.ts'
import { attributesReader } from './extras.ts'
import { amountReader } from './money.ts'
import { Refusal } from './reasons.ts'
import { type Read, readId, refused } from './values.ts'

const mostStock = 1_000_000_000
const link = /^https?:\/\/\S+$/i
const whole = /^\d+(?:\.0+)?$/

const readTitle: Read<string> = (text, column) =>
  text.length > limits.valueLength.value ? refused('long-text', text.slice(0, 40), column) : text

const readLink: Read<string> = (text, column) =>
  link.test(text) && text.length <= limits.urlLength.value
    ? text
    : refused('invalid-link', text.slice(0, 80), column)

/** A number of pieces, as 1,200 too. */
const readStock: Read<number> = (text, column) => {
  const plain = text.normalize('NFKC').replaceAll(',', '')
  const stock = Number(plain)
  return whole.test(plain) && stock <= mostStock ? stock : refused('invalid-stock', text, column)
}

/** Reads the cells of a row of products, or says why it cannot enter. A blank cell leaves what is known. */
export function productReader(context: RowContext): (cells: readonly string[]) => RowReading<ProductPatch> {
  const { currency, decimalMark: mark } = context
  const amount = amountReader({ currency, digits: minorDigits(currency), mark })
  const readPrice: Read<number> = (text, column) => {
    const price = amount(text, column)
    return typeof price === 'number' && price < 0 ? refused('negative-price', text, column) : price
  }
  const id = cellFor('product_id', idReader(readId, context.rounded), context)
  const title = cellFor('title', readTitle, context)
  const price = cellFor('price', readPrice, context)
  const stock = cellFor('stock', readStock, context)
  const category = cellFor('category', readTitle, context)
  const image = cellFor('image', readLink, context)
  const page = cellFor('link', readLink, context)
  const attributes = attributesReader(context)
  return (cells) => {
    const faults: CellFault[] = []
    const known = required(id, cells)
    if (known instanceof Refusal) return { entry: known, faults }
    const said = {
      title: optional(title, cells, faults),
      price: optional(price, cells, faults),
      stock: optional(stock, cells, faults),
      category: optional(category, cells, faults),
      image: optional(image, cells, faults),
      link: optional(page, cells, faults),
    }
    return {
      entry: {
        id: known,
        ...(said.title === undefined ? {} : { title: said.title }),
        ...(said.price === undefined ? {} : { price: said.price }),
        ...(said.stock === undefined ? {} : { stock: said.stock }),
        ...(said.category === undefined ? {} : { category: said.category }),
        ...(said.image === undefined ? {} : { image: said.image }),
        ...(said.link === undefined ? {} : { link: said.link }),
        attributes: attributes(cells, faults),
      },
      faults,
    }
  }
}
