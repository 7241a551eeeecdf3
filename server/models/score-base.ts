import type { ModelReport, ModelRun } from '../../shared/api/models.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { contentsOf } from '../../shared/models/content.ts'
import type { FittedModels } from '../../shared/models/fitted.ts'
import { dayAt } from '../../shared/models/histories.ts'
import { type ScoringPlace, scoredUnbought, scoringBy } from '../../shared/models/score.ts'
import { entryOf, type ModelName, modelNames, scoreNames } from '../../shared/models/scores.ts'
import { rhythmOf } from '../../shared/models/stage.ts'
import type { Locale } from '../../shared/text.ts'
import type { Base } from '../ports/base.ts'
import type { Clock } from '../ports/clock.ts'
import type { LookedOn, Sampled, SummarisedPiece, Surveyed } from '../ports/features.ts'
import type { ScoredCustomer, ScoringStore } from '../ports/models.ts'
import { Distributions } from './distributions.ts'
import {
  fitBuying,
  fitWorth,
  forecastBuying,
  forecastWorth,
  type LookedAt,
  spendingOn,
} from './fit-buying.ts'
import { type FoundGroups, findGroups } from './fit-groups.ts'
import { fitPropensity } from './fit-propensity.ts'
import { messagesIn } from './messages.ts'
import { Movements } from './movements.ts'

export interface ScoreBase {
  readonly base: Base
  readonly store: ScoringStore
  /** The brand's own time. */
  readonly now: number
  readonly zone: string
  readonly currency: string
  /** In which new groups are called by what they differ in. */
  readonly language: Locale
  readonly clock: Clock
  readonly onProgress: (done: number, of: number) => void
  /** How long others may write before it goes on. */
  readonly rest: () => Promise<void>
}

/** What a model says of itself beside its distributions. */
type Told = Omit<ModelReport, 'name' | 'distributions' | 'groups' | 'contents'>
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
export function fitAll(
  survey: Surveyed,
  looked: LookedAt & { readonly groups: FoundGroups | null },
): FittedAll {
  const { customers } = survey
  const few = new Problem('model-few-buyers', {
    customers,
    least: limits.modelCustomers.value,
  })
  const enough = customers >= limits.modelCustomers.value
  const rfm = enough ? survey.cuts : null
  const rhythm = enough ? rhythmOf(survey.gaps) : null
  const buying = orProblem(() => fitBuying(looked))
  const buyingForecast = orProblem(() => forecastBuying(looked))
  const worth =
    spendingOn(looked.sample, looked.day).length < limits.modelRepeats.value
      ? new Problem('model-few-repeats', { least: limits.modelRepeats.value })
      : (fitWorth(looked) ?? new Problem('model-unsettled'))
  const propensity = fitPropensity(looked.sample, looked.day)
  const reducedShare = survey.reduced / Math.max(1, survey.orders)
  const fitted: FittedModels = {
    rfm,
    stage: rhythm === null ? null : { rhythm },
    'bg-nbd': buying instanceof Problem ? null : buying,
    'gamma-gamma': worth instanceof Problem ? null : worth,
    propensity: propensity === null ? null : { model: propensity.model, cuts: [...propensity.cuts] },
    habits: { reducedShare },
    groups: looked.groups?.fitted ?? null,
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
      habits: customers === 0 ? tooLittle(few) : fittedAs({ reduced: reducedShare }),
      groups: looked.groups === null ? tooLittle(few) : fittedAs({ silhouette: looked.groups.silhouette }),
    },
  }
}

function reportsOf(
  { told, groups }: FittedAll & { readonly groups: FoundGroups | null },
  distributions: Distributions,
  contents: ModelReport['contents'],
): ModelReport[] {
  const found = (groups?.told ?? [])
    .map((group) => ({ ...group, customers: distributions.count('score_group', group.name) }))
    .toSorted((one, other) => other.customers - one.customers)
  return modelNames.map((name) => ({
    name,
    ...told[name],
    distributions: distributions.of(scoreNames.filter((score) => entryOf(score).model === name)),
    groups: name === 'groups' ? found : [],
    contents: name === 'propensity' ? contents : [],
  }))
}

/** Customers that are asked for, scored and written at once: the memory holds two such pieces. */
const pieceSize = 20_000
/** Buyers of the sample that are asked for at once. */
const sampleSize = 10_000

/** The buyers to whom the models are fitted. */
export async function sampled(base: Base, looked: LookedOn): Promise<Sampled[]> {
  const all: Sampled[] = []
  for (let from = 0; from < limits.modelSample.value; from += sampleSize) {
    const to = Math.min(limits.modelSample.value, from + sampleSize)
    const some = await base.ask('sample', { ...looked, from, to })
    all.push(...some)
    if (some.length === 0) break
  }
  return all
}

/** Pieces of everybody; the next one is asked for while one is scored. */
async function* summaries(
  { base }: ScoreBase,
  looked: LookedOn,
  people: number,
): AsyncGenerator<SummarisedPiece> {
  const ask = (from: number) =>
    from > people
      ? null
      : base.ask('summaries', { ...looked, from, to: Math.min(people, from + pieceSize - 1) })
  let next = ask(1)
  for (let from = 1; next !== null; from += pieceSize) {
    const piece = await next
    next = ask(from + pieceSize)
    // Who stops halfway leaves it alone.
    next?.catch(() => undefined)
    yield piece
  }
}

/** Of all the work so much is fitting. */
const fittingShare = 0.3

/**
 * Fits all models to all that was bought by now, and scores everybody; of whoever has bought nothing the stage alone. What is known of each is worked out
 * by the analytical copy, for all at once; here stands a piece of them at a time.
 */
export async function scoreBase(scoring: ScoreBase): Promise<ModelRun> {
  const { base, store, now, zone, clock, onProgress, rest } = scoring
  const since = clock.elapsed.mark()
  const place: ScoringPlace = { day: dayAt(now, zone), zone, currency: scoring.currency }
  const looked: LookedOn = { zone, day: place.day, before: now + 1 }
  const seen = await store.seen()
  const survey = await base.ask('survey', looked)
  const of = Math.max(1, survey.customers)
  const told = (share: number) => onProgress(Math.round(share * of), of)
  told(fittingShare / 3)
  const until = localDate(now, zone)
  const sample = await sampled(base, looked)
  told(fittingShare / 2)
  const before = await store.fitted()
  const groups = findGroups(sample, place.day, { before: before?.groups ?? null, locale: scoring.language })
  const fit = fitAll(survey, { sample, day: place.day, until, groups })
  told(fittingShare)

  const distributions = new Distributions()
  const movements = new Movements()
  const score = scoringBy(fit.fitted, place)
  const waiting = scoredUnbought(fit.fitted)
  let done = 0
  for await (const { buyers, unbought } of summaries(scoring, looked, survey.people)) {
    const places = await messagesIn(store, buyers)
    const scored = buyers.map(({ customerId, ...summary }): ScoredCustomer => {
      const own = score(summary, contentsOf(summary.touched, places))
      distributions.add(own.scores)
      movements.add(own.scores, own.contents)
      return { customerId, ...own }
    })
    if (waiting !== null) {
      distributions.add(waiting.scores, unbought.length)
      for (const customerId of unbought) scored.push({ customerId, ...waiting })
    }
    await store.put(scored, clock.now())
    done += buyers.length
    told(fittingShare + (1 - fittingShare) * Math.min(1, done / of))
    await rest()
  }
  const run: ModelRun = {
    at: now,
    until,
    customers: survey.customers,
    sampled: sample.length,
    seconds: Math.round(clock.elapsed.since(since)) / 1000,
    models: reportsOf({ ...fit, groups }, distributions, [...(await store.named(movements.strongest))]),
  }
  await store.finish(run, fit.fitted, seen)
  told(1)
  return run
}
