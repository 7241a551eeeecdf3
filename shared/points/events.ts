/** What waits, exits, goals, journeys and conditions hear of points; each is an event that is kept as any other. */
export const pointEvents = {
  earned: 'points_earned',
  spent: 'points_spent',
  /** Some days before what is left of them is lost. */
  expiring: 'points_expiring',
  expired: 'points_expired',
  /** By a person, or taken back by a refund. */
  adjusted: 'points_adjusted',
} as const

const names: readonly string[] = Object.values(pointEvents)

/** Whether an event is of points, and so known whether or not one has come. */
export const isPointEvent = (name: string): boolean => names.includes(name)
