import type { ModelReport } from '../../shared/api/models.ts'
import type { ModelName } from '../../shared/models/scores.ts'
import type { Base } from '../ports/base.ts'
import { dayNumber, endOf, type Until } from './bg-nbd.ts'
import { fitAll, sampled } from './score-base.ts'

/** How a model did on days that it had not seen; null where it has too little to go by, or nothing to be tried on. */
type Tried = Pick<ModelReport, 'quality' | 'forecast' | 'state'>

export interface TriedModels {
  readonly customers: number
  readonly sampled: number
  readonly models: Readonly<Partial<Record<ModelName, Tried>>>
}

/** The models of which it can be seen how well they did. */
const tried = ['propensity', 'bg-nbd', 'gamma-gamma'] as const satisfies readonly ModelName[]

/** Fits the models to what was known up to a day, and says how well they did on its last weeks; nobody is scored. */
export async function tryModels(base: Base, until: Until): Promise<TriedModels> {
  const looked = { zone: until.zone, day: dayNumber(until), before: endOf(until) }
  const survey = await base.ask('survey', looked)
  const sample = await sampled(base, looked)
  const { told } = fitAll(survey, { sample, day: looked.day, until: until.until, groups: null })
  return {
    customers: survey.customers,
    sampled: sample.length,
    models: Object.fromEntries(
      tried.map((name) => {
        const { state, quality, forecast } = told[name]
        return [name, { state, quality, forecast }]
      }),
    ),
  }
}
