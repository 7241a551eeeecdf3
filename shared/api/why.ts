import { z } from 'zod'
import { journeySchema } from '../journey/graph.ts'
import { limits } from '../limits.ts'
import { customerAnswer } from './customers.ts'
import { latestMoment } from './events.ts'
import { localText } from './unreadable.ts'

const story = customerAnswer.shape.timeline

/** One step of a passage as the canvas shows it. */
export const pathStep = z.object({
  seq: z.int(),
  at: z.int(),
  node: z.string(),
  outcome: z.string(),
  to: z.string().nullable().describe('Where it led; null where nobody has moved, as by a goal'),
})
export type PathStep = z.infer<typeof pathStep>

/** GET /journeys/:id/enrollments/:enrollment: why a customer went this way, in a finished passage too. */
export const whyAnswer = z.object({
  enrollment: z.object({
    id: z.int(),
    journeyId: z.string(),
    customerId: z.string(),
    customerName: z.string().nullable(),
    version: z.int(),
    state: z.string(),
    status: z.enum(['live', 'stuck', 'ended']),
    enteredAt: z.int(),
    arrivedAt: z.int(),
    endedAt: z.int().nullable(),
    ending: z.string().nullable(),
    control: z.boolean(),
    dueAt: z.int().nullable(),
    waitsFor: z.string().nullable().describe('The event that is waited for'),
    error: z.string().nullable(),
    attempts: z.int(),
  }),
  journey: journeySchema.describe('The graph of the version'),
  path: z.array(pathStep),
  story: story.describe('Steps with their reasons, messages and receipts of this passage, the newest first'),
  replay: z
    .object({
      same: z.boolean().describe('Whether the trace walks to the very end that is stored'),
      differsAt: z.int().nullable().describe('The first step that comes out otherwise'),
      byOutcome: z.int().describe('Steps of earlier releases, which did not keep what was seen'),
      problem: localText.nullable(),
    })
    .describe('The passage walked again by its trace alone'),
})
export type WhyAnswer = z.infer<typeof whyAnswer>

const scalar = z.union([z.string().max(2000), z.number(), z.boolean()])
const name = z.string().min(1).max(limits.nameLength.value)
const tags = z.array(name).max(50).default([])

/** POST /journeys/:id/enrollments/:enrollment/what-if: how things had been otherwise; nothing is written. */
export const whatIfRequest = z.strictObject({
  version: z
    .union([z.int().min(1), z.literal('draft')])
    .nullable()
    .default(null)
    .describe('null: the version of the passage'),
  at: z.int().min(0).max(latestMoment).nullable().default(null).describe('When they came in'),
  control: z.boolean().nullable().default(null).describe('Whether in the control group; null: as it was'),
  attributes: z.record(name, scalar.nullable()).default({}).describe('null: without a value'),
  tags: z.strictObject({ add: tags, remove: tags }).default({ add: [], remove: [] }),
  events: z
    .strictObject({
      add: z
        .array(
          z.strictObject({
            name,
            at: z.int().min(0).max(latestMoment),
            amount: z.int().min(0).nullable().default(null).describe('Minor units'),
            properties: z.record(name, scalar).default({}),
          }),
        )
        .max(50)
        .default([]),
      remove: z
        .array(z.strictObject({ name, id: z.string().max(200) }))
        .max(200)
        .default([]),
    })
    .default({ add: [], remove: [] }),
})
export type WhatIfRequest = z.output<typeof whatIfRequest>

export const whatIfAnswer = z.object({
  journey: journeySchema,
  entered: z.boolean().describe('False where they would not come in at all'),
  path: z.array(pathStep),
  story: story.describe('Steps, and what would be sent, the newest first'),
  state: z.string().nullable(),
  ending: z.string().nullable(),
  until: z.int().nullable().describe('Of one that would still be under way: when its node is asked again'),
  now: z.int().describe('What comes later is worked out as if nothing happened'),
  parts: z
    .object({ node: z.string(), real: z.string().nullable(), other: z.string().nullable() })
    .nullable()
    .describe('Where it parts from the real path, and by which ports; null where it does not'),
  unlike: z
    .string()
    .nullable()
    .describe('The node from which what is known now leads another way although nothing is changed'),
})
export type WhatIfAnswer = z.infer<typeof whatIfAnswer>
