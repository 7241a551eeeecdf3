import { limits } from '../../shared/limits.ts'
import { judge, type Quality } from '../../shared/models/evaluate.ts'
import { type Example, fitLogistic, type Logistic, probabilityOf } from '../../shared/models/logistic.ts'
import { featuresOf, type Known } from '../../shared/models/propensity.ts'
import { quantile } from '../../shared/models/quintiles.ts'
import { propensityDays } from '../../shared/models/seasons.ts'
import { type History, standingOn } from '../../shared/models/standing.ts'

/** The model is fitted to what followed on these days, so long ago, and tried on what followed on the last. */
const fittedOn = [propensityDays * 3, propensityDays * 2] as const
const triedOn = propensityDays
const parts = 100

/** What was known of somebody on a day; null where nothing had been bought by then. */
function knownOn(history: History, until: number): Known | null {
  const standing = standingOn(history, until)
  return standing === null ? null : { standing, until }
}

/** Who had bought by a day, and whether they did again in the days after it. */
function examplesOn(sample: readonly History[], until: number): Example[] {
  return sample.flatMap((one) => {
    const known = knownOn(one, until)
    if (known === null) return []
    const happened = one.days.some(({ day }) => day > until && day <= until + propensityDays)
    return [{ features: featuresOf(known), happened }]
  })
}

/** Both those who did and those who did not, often enough. */
function tellApart(examples: readonly Example[]): boolean {
  const happened = examples.filter((one) => one.happened).length
  const least = limits.modelPurchases.value
  return happened >= least && examples.length - happened >= least
}

export interface FittedPropensity {
  readonly model: Logistic
  /** The probabilities that divide everybody of today into a hundred parts. */
  readonly cuts: readonly number[]
  readonly quality: Quality | null
}

/** Fits the propensity, and tries it on days that it has not seen; null where too few bought in them. */
export function fitPropensity(sample: readonly History[], day: number): FittedPropensity | null {
  const seen = fittedOn.flatMap((back) => examplesOn(sample, day - back))
  const unseen = examplesOn(sample, day - triedOn)
  if (!tellApart(seen) || !tellApart(unseen)) return null
  const model = fitLogistic(seen)
  const judged = unseen.map(({ features, happened }) => ({
    probability: probabilityOf(model, features),
    happened,
  }))
  const today = sample.flatMap((one) => {
    const known = knownOn(one, day)
    return known === null ? [] : [probabilityOf(model, featuresOf(known))]
  })
  const sorted = Float64Array.from(today).sort()
  const cuts = Array.from({ length: parts - 1 }, (_, index) => quantile(sorted, (index + 1) / parts))
  return { model, cuts, quality: judge(judged) }
}
