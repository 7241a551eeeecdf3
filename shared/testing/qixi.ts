import type { Condition } from '../conditions/schema.ts'

/** Bought within two weeks before Qixi in one of the past two years. */
export const boughtForQixi: Condition = {
  kind: 'events',
  event: 'order',
  measure: 'count',
  where: [],
  window: {
    kind: 'festival',
    festival: 'qixi',
    from: { years: 0, days: -14 },
    to: { years: 0, days: 0 },
    past: 2,
  },
  op: 'gte',
  value: 1,
}

/** Spent more than 200 yuan in the two years up to then. */
export const spentSinceQixi: Condition = {
  kind: 'events',
  event: 'order',
  measure: 'sum',
  property: 'amount',
  where: [],
  window: { kind: 'festival', festival: 'qixi', from: { years: -2, days: -14 }, to: { years: 0, days: -14 } },
  op: 'gt',
  value: 20_000,
}

/** Whom the gift box for Qixi is meant for. */
export const qixiCondition: Condition = { kind: 'all', of: [boughtForQixi, spentSinceQixi] }
