import type { ModelReport, ModelRun } from '../../shared/api/models.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { FittedModels } from '../../shared/models/fitted.ts'
import { dayAt } from '../../shared/models/histories.ts'
import { rfmCuts } from '../../shared/models/rfm.ts'
import { type ScoringPlace, scoreCustomer } from '../../shared/models/score.ts'
import { entryOf, type ModelName, modelNames, scoreNames } from '../../shared/models/scores.ts'
import { rhythmOf } from '../../shared/models/stage.ts'
import type { Clock } from '../ports/clock.ts'
import type { ScoredCustomer, ScoringStore } from '../ports/models.ts'
import { buyers } from './buyers.ts'
import { Distributions } from './distributions.ts'
import {
  fitBuying,
  fitWorth,
  forecastBuying,
  forecastWorth,
  type LookedAt,
  spendingOn,
} from './fit-buying.ts'
import { fitPropensity } from './fit-propensity.ts'
import { Survey } from './survey.ts'

export interface ScoreBase {
  readonly store: ScoringStore
  /** The brand's own time. */
  readonly now: number
  readonly zone: string
  readonly currency: string
  readonly clock: Clock
  readonly onProgress: (done: number, of: number) => void
  /** How long others may write before it goes on. */
  readonly rest: () => Promise<void>
}

/** What a model says of itself beside its distributions. */
type Told = Omit<ModelReport, 'name' | 'distributions'>
const silent = { parameters: {}, quality: null, forecast: null } as const
const fittedAs = (parameters: Told['parameters'], rest: Partial<Told> = {}): Told => ({
  ...{ state: 'fitted', problem: null, ...silent, parameters, ...rest },
})
const tooLittle = (problem: Problem): Told => ({
  ...{ state: 'too-little', problem: textsOf(problem).message, ...silent },
})

/** What can be said, or what the problem says of why it cannot; other errors are nobody's to hide. */
function orProblem<T>(work: () => T): T | Problem {
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

interface FittedAll {
  readonly fitted: FittedModels
  readonly told: Readonly<Record<ModelName, Told>>
}

/** Fits all models to what a survey has gathered. */
export function fitAll(survey: Survey, looked: LookedAt): FittedAll {
  const { customers } = survey
  const few = new Problem('model-few-buyers', {
    customers,
    least: limits.modelCustomers.value,
  })
  const enough = customers >= limits.modelCustomers.value
  const rfm = enough ? rfmCuts(survey.rfm) : null
  const rhythm = enough ? rhythmOf(survey.gaps) : null
  const buying = orProblem(() => fitBuying(looked))
  const buyingForecast = orProblem(() => forecastBuying(looked))
  const worth =
    spendingOn(looked.sample, looked.day).length < limits.modelRepeats.value
      ? new Problem('model-few-repeats', { least: limits.modelRepeats.value })
      : (fitWorth(looked) ?? new Problem('model-unsettled'))
  const propensity = fitPropensity(looked.sample, looked.day)
  const fitted: FittedModels = {
    rfm,
    stage: rhythm === null ? null : { rhythm },
    'bg-nbd': buying instanceof Problem ? null : buying,
    'gamma-gamma': worth instanceof Problem ? null : worth,
    propensity: propensity === null ? null : { model: propensity.model, cuts: [...propensity.cuts] },
    habits: { reducedShare: survey.reducedShare },
  }
  return {
    fitted,
    told: {
      rfm: rfm === null ? tooLittle(few) : fittedAs({}),
      stage: rhythm === null ? tooLittle(few) : fittedAs({ rhythm }),
      'bg-nbd':
        buying instanceof Problem
          ? tooLittle(buying)
          : fittedAs({ ...buying }, { forecast: buyingForecast instanceof Problem ? null : buyingForecast }),
      'gamma-gamma':
        worth instanceof Problem
          ? tooLittle(worth)
          : fittedAs({ ...worth }, { forecast: forecastWorth(looked) }),
      propensity:
        propensity === null
          ? tooLittle(new Problem('model-few-purchases', { least: limits.modelPurchases.value }))
          : fittedAs({}, { quality: propensity.quality }),
      habits: customers === 0 ? tooLittle(few) : fittedAs({ reduced: survey.reducedShare }),
    },
  }
}

function reportsOf(told: FittedAll['told'], distributions: Distributions): ModelReport[] {
  return modelNames.map((name) => ({
    name,
    ...told[name],
    distributions: distributions.of(scoreNames.filter((score) => entryOf(score).model === name)),
  }))
}

/** Customers that are written at once. */
const batchSize = 1_000

/**
 * Fits all models to all that was bought by now, and scores everybody who has bought. The base is read twice, one
 * customer at a time: to see where it is divided, and to say of each where they stand.
 */
export async function scoreBase(base: ScoreBase): Promise<ModelRun> {
  const { store, now, zone, clock, onProgress, rest } = base
  const began = clock.now()
  const since = clock.elapsed.mark()
  const place: ScoringPlace = { day: dayAt(now, zone), zone, currency: base.currency }
  const lastEvent = await store.lastEvent()
  const of = Math.max(1, (await store.size()) * 2)
  const survey = new Survey(place)
  for await (const buyer of buyers(store, now + 1)) {
    survey.add(buyer)
    if (survey.customers % batchSize === 0) onProgress(survey.customers, of)
  }
  const until = localDate(now, zone)
  const looked = { sample: survey.sample, day: place.day, until }
  const { fitted, told } = fitAll(survey, looked)
  onProgress(of / 2, of)

  const distributions = new Distributions()
  let batch: ScoredCustomer[] = []
  let done = 0
  const write = async () => {
    await store.put(batch, clock.now())
    done += batch.length
    batch = []
    onProgress(of / 2 + Math.min(done, of / 2), of)
    await rest()
  }
  for await (const { customerId, orders } of buyers(store, now + 1)) {
    const scored = scoreCustomer(fitted, orders, place)
    distributions.add(scored.scores)
    batch.push({ customerId, ...scored })
    if (batch.length === batchSize) await write()
  }
  await write()
  const run: ModelRun = {
    at: now,
    until,
    customers: survey.customers,
    sampled: looked.sample.length,
    seconds: Math.round(clock.elapsed.since(since)) / 1000,
    models: reportsOf(told, distributions),
  }
  await store.finish(run, fitted, { lastEvent, began })
  onProgress(of, of)
  return run
}
