import { z } from 'zod'
import { fittedGroups } from './group-names.ts'
import type { ModelName } from './scores.ts'

const number = z.number()
const numbers = z.array(number).readonly()
const cuts = numbers

/** What each model has found in the base, as it is kept. */
const found = {
  rfm: z.object({ recency: cuts, frequency: cuts, value: cuts }),
  stage: z.object({ rhythm: number }),
  'bg-nbd': z.object({ r: number, alpha: number, a: number, b: number }),
  'gamma-gamma': z.object({ p: number, q: number, gamma: number }),
  propensity: z.object({
    model: z.object({ intercept: number, weights: numbers, means: numbers, spreads: numbers }),
    cuts,
  }),
  habits: z.object({ reducedShare: number }),
  groups: fittedGroups,
} as const satisfies Record<ModelName, z.ZodType>

/** null where a model had too little to go by. */
export const fittedModels = z.object({
  rfm: found.rfm.nullable(),
  stage: found.stage.nullable(),
  'bg-nbd': found['bg-nbd'].nullable(),
  'gamma-gamma': found['gamma-gamma'].nullable(),
  propensity: found.propensity.nullable(),
  habits: found.habits.nullable(),
  // Of a release that knew none.
  groups: found.groups.nullable().default(null),
} satisfies Record<ModelName, z.ZodType>)
export type FittedModels = z.infer<typeof fittedModels>
