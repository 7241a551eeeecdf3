import type { z } from 'zod'

/** A kind of question to somebody outside, for whose answer an enrollment waits in its node. */
export interface RequestDefinition {
  /** Who is asked. */
  readonly to: string
  /** A machine is called as soon as the question is due; a person answers when there is time for it. */
  readonly answers: 'machine' | 'person'
  /** Whether asking may do something there: then nobody asks a second time without a person's word. */
  readonly acts: boolean
  readonly request: z.ZodType<{ readonly to: string }>
  /** What is kept of an answer. Whatever a node decides by it must stand here, so that it can be replayed. */
  readonly answer: z.ZodType<{ readonly ok: true }>
}

/** Keeps a definition's own type. */
export function defineRequest<const Definition extends RequestDefinition>(
  definition: Definition,
): Definition {
  return definition
}
