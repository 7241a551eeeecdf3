import { minorUnits } from '../money.ts'
import { type ContentMove, contentMoves, type TouchedContent } from './content.ts'
import type { Summary } from './deeds.ts'
import type { FittedModels } from './fitted.ts'
import { type Foresight, foresee } from './foresight.ts'
import { expectedWorth } from './gamma-gamma.ts'
import { groupOf } from './group-names.ts'
import { priceSensitivity } from './habits.ts'
import { daysOfUnit, repeatsIn, spendingIn } from './histories.ts'
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
  /** Which content has moved the propensity. */
  readonly contents: readonly ContentMove[]
}

/** How far ahead purchases are expected, in days. */
export const expectedDays = 90
/** Over which time, in which pieces, and at which rate of a year a customer's value is reckoned. */
const horizon = { time: 365 / daysOfUnit, pieces: 12, discount: 0.1 } as const

const rounded = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places

interface Known extends Summary {
  readonly place: ScoringPlace
  readonly foresight: Foresight | null
  readonly group: string | null
}

/** More digits than so many would only feign to be known, and would make everybody another each night. */
const digits = 3

/** Whole minor units, as an attribute of money has them. */
function inMoney(minor: number, { currency }: ScoringPlace): number {
  const units = minorUnits(currency)
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(minor)))) - digits + 1)
  return (Math.round(minor / power) * power) / units
}

/** What each model says of a customer. */
const says: { readonly [M in ModelName]: (fitted: FittedModels, known: Known) => Scores } = {
  rfm({ rfm }, { standing, place }) {
    if (rfm === null) return {}
    const fifths = rfmScores(rfm, rfmOf(standing, place.day))
    return {
      score_rfm_segment: segmentOf(fifths),
      score_rfm_recency: fifths.recency,
      score_rfm_frequency: fifths.frequency,
      score_rfm_value: fifths.value,
    }
  },
  stage: ({ stage }, { standing, place }) =>
    stage === null ? {} : { score_stage: stageOf(standing, place.day, stage.rhythm) },
  'bg-nbd'(_fitted, { standing, place, foresight }) {
    if (foresight === null) return {}
    const repeats = repeatsIn(standing, place.day)
    return {
      score_purchases: rounded(foresight.purchases(repeats), 2),
      score_churn: rounded(foresight.churn(repeats), 2),
    }
  },
  'gamma-gamma'({ 'gamma-gamma': money }, { standing, place, foresight }) {
    if (money === null) return {}
    const worth = expectedWorth(money, spendingIn(standing))
    const bought = foresight?.discounted(repeatsIn(standing, place.day)) ?? null
    return {
      score_order_value: inMoney(worth, place),
      ...(bought === null ? {} : { score_lifetime_value: inMoney(bought * worth, place) }),
    }
  },
  propensity({ propensity }, { standing, place }) {
    if (propensity === null) return {}
    const probability = propensityOf(propensity.model, { standing, until: place.day })
    return { score_propensity: rankOf(propensity.cuts, probability) }
  },
  habits({ habits: fitted }, { habits, standing }) {
    const { category, channel, response, hour } = habits
    return {
      ...(category === null ? {} : { score_category: category }),
      ...(channel === null ? {} : { score_channel: channel }),
      ...(response === null ? {} : { score_response_channel: response }),
      ...(hour === null ? {} : { score_hour: hour }),
      // Where no order says of itself that it was bought for less, nobody can tell who looks for that.
      ...(fitted === null || fitted.reducedShare === 0
        ? {}
        : {
            score_price_sensitivity: rounded(
              priceSensitivity(standing.reduced, standing.orders, fitted.reducedShare),
              2,
            ),
          }),
    }
  },
  groups: (_fitted, { group }) => (group === null ? {} : { score_group: group }),
}

const sayings = Object.values(says)

/** What is said of whoever has bought nothing: the stage alone. null: nothing at all, as stages were not fitted. */
export const scoredUnbought = ({ stage }: FittedModels): Scored | null =>
  stage === null ? null : { scores: { score_stage: 'prospect' }, reasons: [], contents: [] }

/** Scores customers by what was fitted, as they stand on a day; what is worked out for one serves the next. */
export function scoringBy(
  fitted: FittedModels,
  place: ScoringPlace,
): (summary: Summary, contents: readonly TouchedContent[]) => Scored {
  const { 'bg-nbd': buying, propensity, groups } = fitted
  const grouped = groups === null ? null : groupOf(groups)
  const foresight = buying === null ? null : foresee(buying, expectedDays / daysOfUnit, horizon)
  return (summary, contents) => {
    const group = grouped?.({ ...summary, until: place.day }) ?? null
    const known = { ...summary, place, foresight, group }
    const scores: Scores = Object.assign({}, ...sayings.map((say) => say(fitted, known)))
    if (propensity === null) return { scores, reasons: [], contents: [] }
    const stood = { standing: summary.standing, until: place.day }
    return {
      scores,
      reasons: reasonsOf(propensity.model, stood),
      contents: contentMoves(propensity, stood, contents),
    }
  }
}
