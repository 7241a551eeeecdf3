import { z } from 'zod'
import { audienceUse } from './customers.ts'

const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** RFC 9457: what every failing request answers, as application/problem+json. */
export const problemAnswer = z.object({
  type: z.string().describe('The address of the code in the documentation'),
  title: z.string().describe('What is wrong, in the language that was asked for'),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** What is wrong and how to mend it, in both languages. */
  message: localText,
  mend: localText,
  place: z.string().optional().describe('The field, line or node'),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  uses: z.array(audienceUse).optional().describe('Of a problem `…-in-use`: all that names it'),
  instance: z.string().optional().describe('Id of the request, for the log'),
})
export type ProblemAnswer = z.infer<typeof problemAnswer>
