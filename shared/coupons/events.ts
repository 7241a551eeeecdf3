/** What waits, exits, goals, journeys and conditions hear of codes; each is an event that is kept as any other. */
export const couponEvents = {
  claimed: 'coupon_claimed',
  /** Some days before its end it has not been used. */
  unused: 'coupon_unused',
  expired: 'coupon_expired',
  redeemed: 'coupon_redeemed',
  /** A redemption that does not count. */
  refused: 'coupon_refused',
} as const

const names: readonly string[] = Object.values(couponEvents)

/** Whether an event is of a code, and so known whether or not one has come. */
export const isCouponEvent = (name: string): boolean => names.includes(name)
