import { z } from 'zod'
import type { ErrorCode } from '../../shared/errors/index.ts'

declare module 'fastify' {
  interface FastifySchema {
    /** One row of an operation that takes rows: its body is one, a list, or a stream of them. */
    record?: z.ZodType
    /** The problems that the operation answers, besides an invalid request and a missing session. */
    problems?: readonly ErrorCode[]
  }
}

/** An answer without a body. */
export const nothing = z.undefined().describe('Done')

export const brandParams = z.object({
  brand: z.string().describe('The id of the brand, such as demo or own'),
})
export const journeyParams = brandParams.extend({ id: z.string().describe('The id of the journey') })
