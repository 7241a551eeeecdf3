import { z } from 'zod'

/** A JSON Schema as the API's description has it; read as it is walked. */
export type Schema = Readonly<Record<string, unknown>>

const schema = z.record(z.string(), z.unknown())
const content = z.record(z.string(), z.object({ schema }))

const operation = z.object({
  parameters: z
    .array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema }))
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
})

const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
})
export type Description = z.infer<typeof description>

/** One method of one address. */
export interface Operation extends z.infer<typeof operation> {
  readonly method: string
  readonly path: string
}

export function readDescription(json: unknown): Description {
  return description.parse(json)
}

export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, path, method: method.toUpperCase() })),
  )
}

/** The schema of a body, by the type of its content. */
export function bodyOf({
  requestBody,
}: Operation): { readonly type: string; readonly schema: Schema } | null {
  const [found] = Object.entries(requestBody?.content ?? {})
  return found === undefined ? null : { type: found[0], schema: found[1].schema }
}
