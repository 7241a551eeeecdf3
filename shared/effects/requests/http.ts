import { z } from 'zod'
import { defineRequest } from './definition.ts'

/** A call to another system, whose answer decides how the customer goes on. */
export const http = defineRequest({
  to: 'http',
  answers: 'machine',
  acts: true,
  request: z.strictObject({
    to: z.literal('http'),
    url: z.string(),
    /** JSON, as it is sent. */
    body: z.string(),
  }),
  answer: z.strictObject({
    ok: z.literal(true),
    to: z.literal('http'),
    /** The answer as JSON; a text where it is none. */
    body: z.json(),
  }),
})
