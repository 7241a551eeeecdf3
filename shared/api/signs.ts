import { z } from 'zod'
import { type SignName, signNames } from '../signs.ts'

const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** One sign of how the server does. */
export const signAnswer = z.object({
  name: z.enum(signNames as [SignName, ...SignName[]]),
  scope: z.string().nullable().describe('The brand or the part that it is about; null for the whole server'),
  bearing: z
    .enum(['life', 'readiness', 'notice'])
    .describe('Where it is not well: start it anew, it cannot work, or good to know'),
  well: z.boolean(),
  since: z.int().describe('Epoch milliseconds: when it came to be so'),
  label: localText.describe('What it is a sign of'),
  message: localText.nullable().describe('What is wrong; null where it is well'),
  mend: localText.nullable(),
})
export type SignAnswer = z.infer<typeof signAnswer>

export const signsAnswer = z.object({ signs: z.array(signAnswer) })
