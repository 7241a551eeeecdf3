/** How money and moments are said to the reader. */
export interface UsedSayings {
  /** Minor units. */
  readonly money: (minor: number) => string
  readonly day: (at: number) => string
}

const amounts = /^(coupon\.(value|min_spend)|entry\.(amount|price))$/
const moments = /^(coupon\.expires_at|now|today)$/

/** A value that a text used, as people say it: minor units as money, an instant as its day. */
export function sayUsed(variable: string, value: string, say: UsedSayings): string {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) return value
  if (amounts.test(variable)) return say.money(number)
  return moments.test(variable) ? say.day(number) : value
}
