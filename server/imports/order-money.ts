import { amountOf } from '../../shared/api/orders.ts'
import type { Properties } from '../../shared/conditions/customer.ts'
import { type CellFault, cellFor, optional, type RowContext, textAt } from './cells.ts'
import type { Items } from './items.ts'
import { atLeastNothing, takenOff } from './money.ts'
import { type Read, refused } from './values.ts'

/** What an order's columns say of its money besides what was paid, as `POST /orders` names it. */
const parts = ['net', 'tax', 'shipping', 'discount'] as const
type Part = (typeof parts)[number]

interface OrderMoney {
  /** Minor units, under the names by which orders that come in over the API have them. */
  readonly properties: Properties
  /** What the order comes to where no column says what was paid; null: nothing says. */
  readonly comesTo: number | null
}

const onlyPaid: OrderMoney = { properties: {}, comesTo: null }

/** Reads what the columns of money say of an order of these cells and items. */
export function moneyReader(context: RowContext, readAmount: Read<number>) {
  const plain = atLeastNothing(readAmount)
  const cells = {
    net: cellFor('net', plain, context),
    tax: cellFor('tax', plain, context),
    shipping: cellFor('shipping', plain, context),
    discount: cellFor('discount', takenOff(readAmount), context),
  } satisfies Record<Part, unknown>
  const amountColumn = context.columns.findIndex((column) => context.mapping[column] === 'amount')
  const columns = parts.filter((part) => cells[part] !== undefined)

  return (
    merged: readonly string[],
    { items, whole }: Pick<Items, 'items' | 'whole'>,
    faults: CellFault[],
  ): OrderMoney => {
    const paid = textAt(merged, amountColumn) !== ''
    if (paid && columns.length === 0 && items.length === 0) return onlyPaid
    const said: Partial<Record<Part, number>> = {}
    for (const part of columns) {
      const value = optional(cells[part], merged, faults)
      if (value !== undefined) said[part] = value
    }
    // What the columns and the lines say is an order as the API knows one.
    const order = { id: '', ...said, ...(whole ? { lines: [...items] } : {}) }
    return { properties: { ...said }, comesTo: paid ? null : amountOf(order) }
  }
}

/** That what was paid is not what the order is without tax, and its tax: what was paid counts. */
export function differing(
  context: RowContext,
  amount: number,
  { net, tax = 0 }: Properties,
  written: string,
): CellFault | null {
  if (typeof net !== 'number' || typeof tax !== 'number' || net + tax === amount) return null
  const column = context.columns.find((one) => context.mapping[one] === 'amount')
  if (column === undefined) return null
  const refusal = refused('amounts-differ', written, column, { net, tax })
  return { column, value: written, refusal }
}
