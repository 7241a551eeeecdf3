import { z } from 'zod'
import { writtenText } from '../text.ts'

/**
 * GET /messages/restored: null unless the brand's data was found to come from a backup, or to be a copy. What was
 * queued or due in it may have been sent since by what it was copied from, so it waits for a person.
 */
export const restoredAnswer = z.object({
  restored: z
    .object({
      kind: z
        .enum(['restored', 'copied'])
        .describe('`restored`: an earlier state of this data; `copied`: the data of another place'),
      at: z.int().describe('When it was found'),
      from: z
        .int()
        .nullable()
        .describe('How far the data reaches: when it was backed up, or last sent anything'),
      decided: z.boolean().describe('Whether a person has decided, and nothing waits any more'),
      waiting: z.int().describe('Messages that wait for a person'),
      calls: z.int().describe('Calls to other systems that wait for a person, while their nodes wait'),
      journeys: z.array(
        z.object({ id: z.string(), name: writtenText.nullable(), waiting: z.int(), calls: z.int() }),
      ),
    })
    .nullable(),
})
export type Restored = NonNullable<z.infer<typeof restoredAnswer>['restored']>

/** POST /messages/restored */
export const restoredDecision = z.strictObject({
  decision: z
    .enum(['send', 'drop'])
    .describe('`send`: as they are, under the keys that they had; `drop`: never'),
  journey: z.string().optional().describe('Of this journey alone'),
})
export const restoredDecided = restoredAnswer.extend({
  messages: z.int().describe('How many were sent or dropped'),
  calls: z.int().describe('How many calls were made due or given up'),
})
export type RestoredDecision = z.infer<typeof restoredDecision>
