import { z } from 'zod'
import { limits } from '../../limits.ts'
import { writtenText } from '../../text.ts'
import { defineRequest } from './definition.ts'

/** What is to be done. */
export const taskKinds = ['call', 'visit', 'message', 'decide', 'other'] as const

/** Something to do for a customer, for one of the staff or a team; what came of it says how the customer goes on. */
export const task = defineRequest({
  to: 'task',
  answers: 'person',
  acts: false,
  request: z.strictObject({
    to: z.literal('task'),
    kind: z.enum(taskKinds),
    /** As they were rendered. */
    title: z.string(),
    text: z.string(),
    results: z.array(z.strictObject({ id: z.string(), name: writtenText })),
    /** For whom it is: one, or whoever of a team takes it; neither: whoever takes it. */
    staff: z.string().nullable(),
    team: z.string().nullable(),
    priority: z.enum(['normal', 'high']),
    /** Epoch milliseconds: when it is late, and goes to the leader of the team where there is time left. */
    due: z.int(),
    /** Epoch milliseconds: when it is too late. */
    until: z.int(),
  }),
  answer: z.strictObject({
    ok: z.literal(true),
    to: z.literal('task'),
    result: z.string(),
    /** Who did it, as the log of changes names people. */
    by: z.string(),
    at: z.int(),
    note: z.string().max(limits.taskNoteLength.value).nullable(),
    /** A day that was agreed on, YYYY-MM-DD. */
    next: z.string().nullable(),
  }),
})
