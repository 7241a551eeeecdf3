import { z } from 'zod'
import { limits } from '../../limits.ts'
import { writtenText } from '../../text.ts'
import { defineRequest } from './definition.ts'

/** A task for a colleague, who presses one of a few buttons. Whoever asks goes on without an answer when it is over. */
export const decision = defineRequest({
  to: 'decision',
  answers: 'person',
  acts: false,
  request: z.strictObject({
    to: z.literal('decision'),
    /** As they were rendered; what a colleague reads. */
    title: z.string(),
    text: z.string(),
    buttons: z.array(z.strictObject({ id: z.string(), name: writtenText })),
    /** Epoch milliseconds: when it is too late. */
    until: z.int(),
  }),
  answer: z.strictObject({
    ok: z.literal(true),
    to: z.literal('decision'),
    button: z.string(),
    /** Who pressed it, as the log of changes names people. */
    by: z.string(),
    at: z.int(),
    note: z.string().max(limits.taskNoteLength.value).nullable(),
  }),
})
