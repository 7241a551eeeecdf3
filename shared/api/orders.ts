import { z } from 'zod'
import { mostQuantity } from '../conditions/returns.ts'
import { limits } from '../limits.ts'
import { identifierRef } from './persons.ts'

const id = z.union([z.string().min(1).max(limits.idLength.value), z.int()]).transform(String)
const money = z.int().min(0).max(limits.money.value)
const quantity = z.number().min(0).max(mostQuantity)
const time = z.union([z.string().max(limits.nameLength.value), z.int()])

/** A line of an order. */
export const orderLine = z.looseObject({
  sku: id.optional().describe('The product’s number'),
  title: z.string().max(limits.valueLength.value).optional(),
  quantity: quantity.optional(),
  price: money.optional().describe('Of one, tax included, in minor units'),
  discount: money.optional().describe('Taken off this line in all, in minor units'),
})

/** A line of an order of which something was given back. */
const refundLine = z.looseObject({
  sku: id
    .optional()
    .describe('Of one of the order’s lines; another one is left out, and told among `faults`'),
  quantity: quantity
    .optional()
    .describe(
      'How many came back, no more than were bought and not given back before; with neither quantity nor amount all that are left; with an amount alone none',
    ),
  amount: money.optional().describe('Given back for the line in all, in minor units'),
})

/** Money given back for an order, as an event of its own. */
export const orderRefund = z.looseObject({
  id: id.describe('Yours; the same again does nothing'),
  at: time.optional(),
  amount: money
    .optional()
    .describe('In all, in minor units; needed unless each line says its amount, of which it is the sum then'),
  lines: z
    .array(refundLine)
    .max(limits.propertyEntries.value)
    .optional()
    .describe('What of the order was given back, line by line; kept with the refund'),
})

/**
 * An order as POST /orders takes one: it is kept as the event `order` whose id is the order’s number. All other fields
 * are properties of it.
 */
export const orderRecord = z.looseObject({
  id: id.describe('The order’s number, which belongs to one customer'),
  customerId: id.optional().describe('Or a phone or an e-mail address that one customer alone has'),
  by: z
    .union([identifierRef, z.json()])
    .optional()
    .describe('Or any identifier of the customer: an object of `kind` and `value`'),
  phone: z.string().max(limits.addressLength.value).optional(),
  email: z.string().max(limits.addressLength.value).optional(),
  name: z.string().max(limits.titleLength.value).optional().describe('Of a customer who is made by it'),
  at: time
    .optional()
    .describe('When it was paid; ISO time, without zone the brand’s, or epoch milliseconds; else now'),
  amount: money
    .optional()
    .describe('What was paid, tax included, in minor units; else net and tax, else what the lines come to'),
  net: money.optional().describe('Without tax'),
  tax: money.optional(),
  shipping: money.optional(),
  discount: money.optional().describe('Taken off the order, beside those of its lines'),
  currency: z.string().max(10).optional().describe('The brand’s; another one is refused'),
  status: z
    .string()
    .max(limits.nameLength.value)
    .optional()
    .describe('Read as the import reads it: cancelled, unpaid and refunded are no purchases'),
  lines: z.array(orderLine).max(limits.propertyEntries.value).optional(),
  refunded: money.optional().describe('Given back in all; or each by itself in `refunds`'),
  refunds: z.array(orderRefund).max(limits.propertyEntries.value).optional(),
  properties: z.record(z.string().min(1).max(limits.nameLength.value), z.json()).optional(),
})
export type OrderRecord = z.output<typeof orderRecord>

/** The fields of an order that are not kept as properties of their own. */
const spent: ReadonlySet<string> = new Set([
  ...['id', 'customerId', 'phone', 'email', 'name', 'at', 'amount', 'currency', 'lines', 'refunded'],
  ...['refunds', 'properties', 'status'],
])
export const isSpent = (field: string): boolean => spent.has(field)

/** What an order comes to in minor units: as it says, else without tax and the tax, else by its lines; null: nothing says. */
export function amountOf({
  amount,
  net,
  tax,
  shipping = 0,
  discount = 0,
  lines,
}: OrderRecord): number | null {
  if (amount !== undefined) return amount
  if (net !== undefined) return net + (tax ?? 0)
  if (lines === undefined || lines.length === 0) return null
  const sums = lines.map(({ price, quantity = 1, discount: off = 0 }) =>
    price === undefined ? null : Math.round(price * quantity) - off,
  )
  const known = sums.filter((sum) => sum !== null)
  if (known.length < sums.length) return null
  return known.reduce((sum, one) => sum + one, 0) + shipping - discount
}
