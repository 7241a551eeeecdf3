import type { Line } from '../../shared/conditions/returns.ts'
import type { CellFault } from './cells.ts'
import type { Items, ReturnedItem } from './items.ts'
import { Refusal } from './reasons.ts'

/** What a file says was given back of an order. */
export interface FileReturn {
  /** Minor units in all; null: it does not say. */
  readonly total: number | null
  /** The lines of the order that it is of, as a refund names them; null: it does not say. */
  readonly lines: readonly Line[] | null
}

const fault = ({ column, line }: ReturnedItem, refusal: Refusal): CellFault => ({
  ...{ column, value: '', line, refusal },
})

/**
 * What was given back, as its own column says, else as all lines say. Pieces of which nothing says how much was given back
 * for them are left out, unless the order says it in all; and so are those of a line without its number, by which a refund
 * names it.
 */
export function returnOf({ returned }: Items, inAll: number | undefined, faults: CellFault[]): FileReturn {
  const known = returned.filter((one) => {
    if (one.amount !== null || inAll !== undefined) return true
    faults.push(fault(one, new Refusal('no-refund-amount', { column: one.column })))
    return false
  })
  const lines = known.flatMap((one): Line[] => {
    const { sku, quantity, amount } = one
    if (sku === null) {
      if (quantity !== null) faults.push(fault(one, new Refusal('missing-value', { column: 'item_sku' })))
      return []
    }
    return [{ sku, ...(quantity === null ? {} : { quantity }), ...(amount === null ? {} : { amount }) }]
  })
  const sum = known.reduce((all, { amount }) => all + (amount ?? 0), 0)
  return {
    total: inAll ?? (known.length === 0 ? null : sum),
    lines: lines.length === 0 ? null : lines,
  }
}
