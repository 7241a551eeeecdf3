import { limits } from '../limits.ts'
import type { Properties, PropertyValue } from './customer.ts'
import { wellFormed } from './same.ts'

/** Under which a refund names the lines of its order that it is of. */
export const returnedProperty = 'lines'

/** Pieces are counted in thousandths, which are whole: so what they add up to turns on no order. */
export const thousandth = 1_000
export const mostQuantity = 1_000_000_000

/** What was given back of one product of an order. */
export interface GivenBack {
  /** In thousandths. */
  readonly pieces: number
  readonly money: number
  /** Those of the pieces of which nothing says how much was given back for them; in thousandths. */
  readonly unpriced: number
}
export interface ReturnedLine extends GivenBack {
  readonly sku: string
}

export type Line = Readonly<Record<string, PropertyValue>>

export const isLine = (value: PropertyValue): value is Line =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The number of a line’s product as text, by which a refund names the line; null where it has none. */
export function skuOf({ sku }: Line): string | null {
  const known = (typeof sku === 'string' && sku !== '') || typeof sku === 'number'
  return known ? wellFormed(String(sku)) : null
}

export const inThousandths = (quantity: number): number =>
  Math.round(Math.min(quantity, mostQuantity) * thousandth)

const isCount = (value: PropertyValue | undefined): value is number | undefined =>
  value === undefined || (typeof value === 'number' && value >= 0)

/** One that says neither how many nor how much is of all that was bought; what is no number is no line. */
function returnedOf(line: Line): readonly ReturnedLine[] {
  const sku = skuOf(line)
  const { quantity, amount } = line
  if (sku === null || !isCount(quantity) || !isCount(amount)) return []
  const all = quantity === undefined && amount === undefined
  const pieces = inThousandths(all ? mostQuantity : (quantity ?? 0))
  const money = Math.round(Math.min(amount ?? 0, limits.money.value))
  return [{ sku, pieces, money, unpriced: amount === undefined ? pieces : 0 }]
}

/** The lines that a refund names. */
export function returnedIn(properties: Properties): readonly ReturnedLine[] {
  const written = properties[returnedProperty]
  if (!Array.isArray(written)) return []
  return written.flatMap((one: PropertyValue) => (isLine(one) ? returnedOf(one) : []))
}

/** Adds what a refund gives back of each product. */
export function addReturned(to: Map<string, GivenBack>, lines: readonly ReturnedLine[]): void {
  for (const { sku, pieces, money, unpriced } of lines) {
    const before = to.get(sku) ?? nothingBack
    to.set(sku, {
      pieces: before.pieces + pieces,
      money: before.money + money,
      unpriced: before.unpriced + unpriced,
    })
  }
}

export const nothingBack: GivenBack = { pieces: 0, money: 0, unpriced: 0 }

/** A line by what counts where something is given back; of lines of one product the first ones come back first. */
export interface Returnable {
  /** In thousandths. */
  readonly pieces: number
  readonly amount: number | null
  /** The pieces of the lines of the same product before it, and what they came to. */
  readonly earlier: number
  readonly earlierWorth: number
}

export interface ReturnedShare {
  /** In thousandths. */
  readonly pieces: number
  readonly money: number
  /** Of the money, what refunds say themselves. */
  readonly said: number
  /** Whether nothing is left: all pieces, or all money, were given back. */
  readonly whole: boolean
}

/**
 * How much of what was given back of a product falls on one line of it: pieces of which no refund says the money are worth
 * their part of the line. The copy reckons it alike (`condition-returns`).
 */
export function shareOf(
  { pieces, amount, earlier, earlierWorth }: Returnable,
  back: GivenBack,
): ReturnedShare {
  const worth = Math.max(0, amount ?? 0)
  const partOf = (all: number) => Math.max(0, Math.min(all - earlier, pieces))
  const gone = partOf(back.pieces)
  const said = Math.max(0, Math.min(back.money - earlierWorth, worth))
  const unsaid = pieces > 0 ? Math.floor(worth * (partOf(back.unpriced) / pieces) + 0.5) : 0
  const money = Math.min(worth, said + unsaid)
  return { pieces: gone, money, said, whole: (gone > 0 && gone >= pieces) || (money > 0 && money >= worth) }
}
