import { z } from 'zod'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'

const value = z.union([z.string().max(limits.valueLength.value), z.number(), z.boolean()])

/** GET /journeys/:id/values: what the variables of a running journey are worth. */
export const valuesAnswer = z.object({
  version: z.int().nullable().describe('null: the journey does not run'),
  values: z.array(
    z.object({
      name: z.string(),
      label: writtenText.nullable(),
      value: value.describe('What it is worth now'),
      own: value.describe('What the version gave it when it was published'),
      from: z.int().nullable().describe('Since when it is worth something else; null: as published'),
      waiting: z
        .int()
        .describe(
          'Messages that nobody has been handed, and open questions, that say it: with another value they are said anew',
        ),
    }),
  ),
  given: z
    .array(z.object({ name: z.string(), value, from: z.int() }))
    .describe('All that they were given while the journey ran, the oldest first'),
})
export type ValuesAnswer = z.infer<typeof valuesAnswer>

/** PUT /journeys/:id/values answers how much that waits is said anew, beside the values. */
export const valuesChanged = valuesAnswer.extend({
  reached: z
    .int()
    .describe(
      'Messages that nobody has been handed yet, and open questions, that are said by the new values',
    ),
})
export type ValuesChanged = z.infer<typeof valuesChanged>

/** PUT /journeys/:id/values: by name; one that is left out stays as it is. */
export const valuesRequest = z.strictObject({ values: z.record(z.string(), value) })
