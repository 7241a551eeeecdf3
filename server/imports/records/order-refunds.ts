import type { OrderRecord } from '../../../shared/api/orders.ts'
import { withoutNulls } from '../../../shared/api/properties.ts'
import type { Properties, PropertyValue } from '../../../shared/conditions/customer.ts'
import { soldPieces } from '../../../shared/conditions/lines.ts'
import { refundEvent } from '../../../shared/conditions/purchases.ts'
import {
  addReturned,
  type GivenBack,
  inThousandths,
  returnedIn,
  returnedProperty,
  skuOf,
  thousandth,
} from '../../../shared/conditions/returns.ts'
import type { NewEvent } from '../../store/sqlite/events/events.ts'
import type { KnownRefund } from '../../store/sqlite/events/known-orders.ts'
import type { CellFault } from '../cells.ts'
import { Refusal } from '../reasons.ts'
import { refused } from '../values.ts'
import { shown } from './written.ts'

type Told = NonNullable<OrderRecord['refunds']>[number]
type ToldLine = NonNullable<Told['lines']>[number]

/** A refund as an order tells it; how much there is to give back is known only beside those that are kept. */
export interface RefundEntry {
  readonly told: Told
  readonly at: number
  readonly column: string
}

export type NewRefund = Omit<NewEvent, 'customerId'>

export interface SettledRefunds {
  readonly refunds: readonly NewRefund[]
  readonly faults: readonly CellFault[]
}

/** What of one product of an order there was, and what of it has been given back before. */
interface Stock {
  readonly sold: ReadonlyMap<string, number>
  readonly before: Map<string, GivenBack>
}

/** A line of a refund with how many pieces it gives back; or why it cannot. */
function lineOf(line: ToldLine, column: string, { sold, before }: Stock): PropertyValue | CellFault {
  const sku = skuOf(line.sku === undefined ? {} : { sku: line.sku })
  const fault = (refusal: Refusal, value: unknown): CellFault => ({ column, value: shown(value), refusal })
  if (sku === null) return fault(new Refusal('missing-value', { column: `${column}.sku` }), '')
  const bought = sold.get(sku)
  if (bought === undefined) return fault(refused('no-such-line', sku, `${column}.sku`), sku)
  // Read as JSON, of which every member is JSON.
  const said = withoutNulls(line as Parameters<typeof withoutNulls>[0])
  const { quantity, amount } = line
  if (quantity === undefined && amount !== undefined) return said
  const left = Math.max(0, bought - (before.get(sku)?.pieces ?? 0))
  const wanted = quantity === undefined ? left : inThousandths(quantity)
  if (wanted <= left && (left > 0 || quantity !== undefined))
    return { ...said, quantity: quantity ?? left / thousandth }
  const places = { bought: bought / thousandth, left: left / thousandth }
  return fault(refused('too-many-back', sku, `${column}.quantity`, places), quantity ?? sku)
}

const isFault = (line: PropertyValue | CellFault): line is CellFault =>
  typeof line === 'object' && 'refusal' in line && line.refusal instanceof Refusal

/** The lines of a refund that can be given back; each other one costs itself. */
function linesOf({ told: { lines = [] }, column }: RefundEntry, stock: Stock, faults: CellFault[]) {
  const taken: PropertyValue[] = []
  for (const [index, line] of lines.entries()) {
    const one = lineOf(line, `${column}.lines.${index}`, stock)
    if (isFault(one)) faults.push(one)
    else {
      taken.push(one)
      addReturned(stock.before, returnedIn({ [returnedProperty]: [one] }))
    }
  }
  return taken
}

/** What a refund comes to: as it says, else as all its lines say; null: nothing says. */
function amountOf(
  { told: { amount }, column }: RefundEntry,
  lines: readonly PropertyValue[],
  faults: CellFault[],
): number | null {
  const returned = returnedIn({ [returnedProperty]: lines })
  const sum = returned.reduce((all, { money }) => all + money, 0)
  const at = `${column}.amount`
  const isSaid = amount !== undefined && (amount > 0 || lines.length > 0)
  if (isSaid && sum > amount)
    faults.push({
      ...{ column: at, value: String(amount) },
      refusal: refused('lines-over-refund', String(amount), at, { sum }),
    })
  if (isSaid) return amount
  if (returned.length > 0 && returned.every(({ unpriced }) => unpriced === 0)) return sum
  faults.push({ column: at, value: '', refusal: new Refusal('no-refund-amount', { column: at }) })
  return null
}

/** What was given back by other refunds than one. */
function givenBy(others: readonly KnownRefund[], id: string): Map<string, GivenBack> {
  const given = new Map<string, GivenBack>()
  for (const one of others) if (one.id !== id) addReturned(given, returnedIn(one.properties))
  return given
}

/**
 * The refunds of an order as events, beside those of it that are kept: no more comes back of a line than was bought. A
 * line that cannot be costs itself, a refund of which nothing says how much it was costs itself too.
 */
export function settleRefunds(
  order: { readonly id: string; readonly properties: Properties; readonly refunds: readonly RefundEntry[] },
  kept: readonly KnownRefund[],
): SettledRefunds {
  const faults: CellFault[] = []
  const known = new Map(kept.map((one) => [one.id, one]))
  const sold = soldPieces(order.properties)
  const refunds = order.refunds.flatMap((entry): NewRefund[] => {
    const { id, at: _at, amount: _amount, lines: _lines, ...rest } = entry.told
    const lines = linesOf(entry, { sold, before: givenBy([...known.values()], id) }, faults)
    const amount = amountOf(entry, lines, faults)
    if (amount === null) return []
    const properties = {
      ...withoutNulls({ ...(rest as Parameters<typeof withoutNulls>[0]), order_id: order.id }),
      ...(lines.length === 0 ? {} : { [returnedProperty]: lines }),
    }
    // The same again does nothing, so what is kept of it counts.
    if (!known.has(id)) known.set(id, { id, properties })
    return [{ id, name: refundEvent, at: entry.at, amount, properties }]
  })
  return { refunds, faults }
}
