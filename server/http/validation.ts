import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'

/** Checks input by the route's own schema; what is refused keeps the places of its faults. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input) => {
    const parsed = schema.safeParse(input)
    return parsed.success ? { value: parsed.data } : { error: new InvalidInput(parsed.error) }
  }
