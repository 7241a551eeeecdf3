import type { z } from 'zod'

/** Input that a schema refuses, with every issue's place. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly error: z.ZodError

  constructor(error: z.ZodError) {
    super(error.message)
    this.error = error
  }
}
