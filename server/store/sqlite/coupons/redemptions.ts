import { couponEvents } from '../../../../shared/coupons/events.ts'
import { codeForms } from '../../../../shared/coupons/pattern.ts'
import type { EventFault } from '../../../ports/events.ts'
import type { BrandDatabase } from '../database.ts'
import type { NewEvent } from '../events/events.ts'

interface GivenRow {
  readonly code: string
  readonly customer_id: string
  readonly redeemed_at: number | null
  readonly order_id: string | null
  readonly usable_from: number | null
  readonly expires_at: number
}

const { redeemed: redeemedEvent, refused: refusedEvent } = couponEvents

/** Codes that events before have used in the same call, and by which orders. */
export type UsedHere = Map<string, string | null>

const textAt = ({ properties }: NewEvent, name: string): string | null => {
  const value = properties[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** The order by which a code was used. */
export const orderOf = (event: NewEvent): string | null => textAt(event, 'order_id') ?? textAt(event, 'order')

const moment = (at: number) => new Date(at).toISOString()

/**
 * Says of each redemption whether it counts: of a code that was given to this customer, that may be used by then and was
 * not used before. One that does not is kept under a name of its own. A code that we have not given is the shop's affair.
 */
export function redemptionPlacer({ sqlite }: BrandDatabase) {
  const given = sqlite.prepare<[string], GivenRow>(
    `select code, customer_id, redeemed_at, order_id, usable_from, expires_at from coupons where code = ?`,
  )
  const same = sqlite
    .prepare<[string, string, string], number>(
      'select 1 from events where customer_id = ? and name = ? and id = ?',
    )
    .pluck()
  const find = (told: string): GivenRow | undefined =>
    codeForms(told)
      .map((code) => given.get(code))
      .find((row) => row !== undefined)

  const faultOf = (row: GivenRow, event: NewEvent, used: UsedHere): EventFault | null => {
    const { code, redeemed_at, order_id, usable_from, expires_at } = row
    const { customerId, at } = event
    if (row.customer_id !== customerId)
      return { code: 'coupon-not-theirs', details: { code, customer: customerId } }
    const order = orderOf(event)
    // A till and a shop may both tell of one order: the second says nothing new.
    const usedBefore = used.has(code) ? { at, order: used.get(code) ?? null } : null
    const before = redeemed_at === null ? usedBefore : { at: redeemed_at, order: order_id }
    if (before !== null && (order === null || before.order === null || before.order !== order))
      return { code: 'coupon-used', details: { code, at: moment(before.at) } }
    if (usable_from !== null && at < usable_from)
      return { code: 'coupon-early', details: { code, at: moment(usable_from) } }
    if (at >= expires_at) return { code: 'coupon-expired', details: { code, at: moment(expires_at) } }
    return null
  }

  /** Nothing where it is no code of ours. */
  const place = (event: NewEvent, used: UsedHere): { event: NewEvent; note?: EventFault } | null => {
    const told = textAt(event, 'code')
    const row = told === null ? undefined : find(told)
    if (row === undefined) return null
    const known = { ...event, properties: { ...event.properties, code: row.code } }
    // Sent again as it was, it is known already, whatever has become of the code.
    if (same.get(event.customerId, redeemedEvent, event.id) !== undefined) return { event: known }
    const note = faultOf(row, event, used)
    if (note !== null) return { event: { ...known, name: refusedEvent }, note }
    used.set(row.code, orderOf(event))
    return { event: known }
  }

  /** What an order says of codes, as redemptions that follow from it; codes that are none of ours are told. */
  const ofOrder = (order: NewEvent): { redemptions: NewEvent[]; unknown: string | null } => {
    const { coupon_code: one, coupon_codes: more } = order.properties
    const listed = [...(Array.isArray(more) ? more : [more]), one]
    const told = listed.flatMap((code) =>
      typeof code === 'string' || typeof code === 'number' ? [String(code)] : [],
    )
    const found = [...new Set(told)].map((code) => ({ code, row: find(code) }))
    const { id, customerId, at } = order
    return {
      redemptions: found.flatMap(({ row }): NewEvent[] =>
        row === undefined
          ? []
          : [
              {
                ...{ id: `${id}:${row.code}`, customerId, name: redeemedEvent, at, amount: null },
                properties: { code: row.code, order_id: id },
              },
            ],
      ),
      unknown: found.find(({ row }) => row === undefined)?.code ?? null,
    }
  }
  return { place, ofOrder }
}

/** Writes down that codes were used, within the caller's transaction. */
export function redemptionKeeper({ sqlite }: BrandDatabase): (event: NewEvent) => void {
  const keep = sqlite.prepare(
    `update coupons set redeemed_at = min(coalesce(redeemed_at, @at), @at), due_at = null,
       order_id = coalesce(order_id, @order)
     where code = @code and customer_id = @customerId`,
  )
  return (event) => {
    const { customerId, at } = event
    keep.run({ customerId, at, code: textAt(event, 'code'), order: orderOf(event) })
  }
}
