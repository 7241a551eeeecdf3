import { minorUnits } from '../money.ts'
import { expectedMore, probabilityAlive } from './bg-nbd.ts'
import type { FittedModels } from './fitted.ts'
import { expectedWorth, lifetimeValue } from './gamma-gamma.ts'
import { habitsOf, priceSensitivity } from './habits.ts'
import { type Bought, type BuyingDay, daysOf, daysOfUnit, repeatsOf, spendingOf } from './histories.ts'
import { propensityOf, type Reason, rankOf, reasonsOf } from './propensity.ts'
import { rfmOf, rfmScores, segmentOf } from './rfm.ts'
import type { ModelName, Scores } from './scores.ts'
import { stageOf } from './stage.ts'

/** When, and by whose calendar and money, somebody is scored. */
export interface ScoringPlace {
  /** As days are counted. */
  readonly day: number
  readonly zone: string
  readonly currency: string
}

export interface Scored {
  readonly scores: Scores
  /** Of the propensity. */
  readonly reasons: readonly Reason[]
}

/** How far ahead purchases are expected, in days. */
export const expectedDays = 90
/** Over which time, in which pieces, and at which rate of a year a customer's value is reckoned. */
const horizon = { time: 365 / daysOfUnit, pieces: 12, discount: 0.1 } as const

const rounded = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places

interface Known {
  readonly orders: readonly Bought[]
  readonly days: readonly BuyingDay[]
  readonly place: ScoringPlace
  readonly reduced: number
  readonly reducedShare: number
  readonly habits: ReturnType<typeof habitsOf>
}

/** Minor units, whole ones, as an attribute of money has them. */
const inMoney = (minor: number, { currency }: ScoringPlace) => Math.round(minor) / minorUnits(currency)

/** What each model says of a customer. */
const says: { readonly [M in ModelName]: (fitted: FittedModels, known: Known) => Scores } = {
  rfm({ rfm }, { days, place }) {
    if (rfm === null) return {}
    const fifths = rfmScores(rfm, rfmOf(days, place.day))
    return {
      score_rfm_segment: segmentOf(fifths),
      score_rfm_recency: fifths.recency,
      score_rfm_frequency: fifths.frequency,
      score_rfm_value: fifths.value,
    }
  },
  stage: ({ stage }, { days, place }) =>
    stage === null ? {} : { score_stage: stageOf(days, place.day, stage.rhythm) },
  'bg-nbd'({ 'bg-nbd': model }, { days, place }) {
    if (model === null) return {}
    const repeats = repeatsOf(days, place.day)
    return {
      score_purchases: rounded(expectedMore(model, repeats, expectedDays / daysOfUnit), 3),
      score_churn: rounded(1 - probabilityAlive(model, repeats), 3),
    }
  },
  'gamma-gamma'({ 'gamma-gamma': money, 'bg-nbd': buying }, { days, place }) {
    if (money === null) return {}
    const worth = expectedWorth(money, spendingOf(days))
    const value = buying === null ? null : lifetimeValue(buying, repeatsOf(days, place.day), worth, horizon)
    return {
      score_order_value: inMoney(worth, place),
      ...(value === null ? {} : { score_lifetime_value: inMoney(value, place) }),
    }
  },
  propensity({ propensity }, { days, place, reducedShare }) {
    if (propensity === null) return {}
    const probability = propensityOf(propensity.model, { days, until: place.day, reducedShare })
    return { score_propensity: rankOf(propensity.cuts, probability) }
  },
  habits({ habits: fitted }, { habits, orders }) {
    const { category, channel, hour, reduced } = habits
    return {
      ...(category === null ? {} : { score_category: category }),
      ...(channel === null ? {} : { score_channel: channel }),
      ...(hour === null ? {} : { score_hour: hour }),
      // Where no order says of itself that it was bought for less, nobody can tell who looks for that.
      ...(fitted === null || fitted.reducedShare === 0
        ? {}
        : {
            score_price_sensitivity: rounded(
              priceSensitivity(reduced, orders.length, fitted.reducedShare),
              3,
            ),
          }),
    }
  },
}

/** Scores a customer by the orders so far, in order of time: at least one. */
export function scoreCustomer(fitted: FittedModels, orders: readonly Bought[], place: ScoringPlace): Scored {
  const habits = habitsOf(orders, place.zone)
  const reducedShare = habits.reduced / Math.max(1, orders.length)
  const days = daysOf(orders, place.zone)
  const known = { orders, days, place, habits, reduced: habits.reduced, reducedShare }
  const scores: Scores = Object.assign({}, ...Object.values(says).map((say) => say(fitted, known)))
  const { propensity } = fitted
  const reasons =
    propensity === null ? [] : reasonsOf(propensity.model, { days, until: place.day, reducedShare })
  return { scores, reasons }
}
