import { z } from 'zod'
import { limits } from '../limits.ts'
import { contentSchema } from '../models/content.ts'
import { type TraitName, traitNames } from '../models/groups.ts'
import type { ModelName, ScoreName } from '../models/scores.ts'
import { modelNames, scoreNames } from '../models/scores.ts'
import { writtenText } from '../text.ts'
import { localText } from './unreadable.ts'

const model = z.enum(modelNames as [ModelName, ...ModelName[]])
const score = z.enum(scoreNames as [ScoreName, ...ScoreName[]])

/** One bar of a distribution: a value, or all from one to below another; null: without an end. */
const bar = z.object({
  value: z.union([z.string(), z.number()]).nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  customers: z.int(),
})

export const distribution = z.object({
  score,
  customers: z.int().describe('Who has this score'),
  bars: z.array(bar),
  hundredths: z
    .array(z.number())
    .default([])
    .describe(
      'Of a score that is more or less, the value at each hundredth of the customers, from the least on; empty where it was fitted by an earlier release',
    ),
})
export type Distribution = z.infer<typeof distribution>

/** How well something was said of customers before it was seen whether it came so. */
const quality = z.object({
  customers: z.int(),
  happened: z.int(),
  auc: z.number(),
  lift: z.number().describe('How much more often the uppermost tenth did it than all'),
  tenths: z
    .array(z.object({ customers: z.int(), said: z.number(), happened: z.int() }))
    .describe('From the least likely to the most likely tenth'),
})

/** What was expected of days that were held out, beside what came. */
const forecast = z.object({
  from: z.string().describe('The first day that was held out'),
  days: z.int(),
  customers: z.int(),
  expected: z.number(),
  actual: z.number(),
  steps: z
    .array(z.object({ days: z.int(), expected: z.number(), actual: z.number() }))
    .describe('Both added up to so many days'),
})

/** A group of customers, as it was last fitted. */
const group = z.object({
  id: z.string(),
  name: z.string().describe('What its customers have as `score_group`'),
  named: z.boolean().describe('Whether a person has named it'),
  customers: z.int(),
  differences: z
    .array(z.object({ trait: z.enum(traitNames as [TraitName, ...TraitName[]]), high: z.boolean() }))
    .describe('By what it differs from everybody, the most telling first'),
  drifted: z.boolean().describe('It has moved since it was fitted before'),
  isNew: z.boolean().describe('It was not there when it was fitted before'),
})
export type ModelGroup = z.infer<typeof group>

/** PUT /models/groups/:id */
export const groupNaming = z.object({
  name: z.string().trim().min(1).max(limits.titleLength.value),
})

/** What a model says of itself, as it was last fitted. */
export const modelReport = z.object({
  name: model,
  state: z.enum(['fitted', 'too-little']).describe('too-little: it says nothing of anybody'),
  problem: localText.nullable().describe('Why it could not be fitted'),
  parameters: z.record(z.string(), z.number()),
  quality: quality.nullable(),
  forecast: forecast.nullable(),
  distributions: z.array(distribution),
  contents: z
    .array(
      z.object({
        content: contentSchema,
        journeyName: writtenText.nullable(),
        nodeName: writtenText.nullable(),
        customers: z.int().describe('Whom it has moved'),
        by: z.number().describe('By how many ranks, on average'),
      }),
    )
    .default([])
    .describe('Content that has moved the propensity, the strongest first'),
  groups: z.array(group).default([]).describe('Of the model `groups` alone'),
})
export type ModelReport = z.infer<typeof modelReport>

export const modelRun = z.object({
  at: z.int().describe('When, on the brand’s clock'),
  until: z.string().describe('The last day that was looked at'),
  customers: z.int().describe('Who has bought'),
  sampled: z.int().describe('Of how many of them it was fitted; all, or a part picked by hash'),
  seconds: z.number(),
  models: z.array(modelReport),
})
export type ModelRun = z.infer<typeof modelRun>

/** GET /models */
export const modelList = z.object({
  last: modelRun.nullable().describe('null: never yet'),
  running: z
    .object({ done: z.int(), of: z.int() })
    .nullable()
    .describe('How far a fit is that is under way; null where none is'),
  waiting: z
    .int()
    .describe('Events that have come in and not been looked at yet for scores that they change'),
  failed: localText.nullable().describe('Why the last one did not come to its end; null where it did'),
})
export type ModelList = z.infer<typeof modelList>
