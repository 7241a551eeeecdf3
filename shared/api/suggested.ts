import { z } from 'zod'
import { limits } from '../limits.ts'

/** What is named or has values, and of what that has to be said. */
export const valueFields = {
  attributes: [],
  attribute: ['name'],
  tag: [],
  event: [],
  properties: ['event'],
  property: ['event', 'name'],
} as const satisfies Record<string, readonly ('event' | 'name')[]>

/** Which values are asked for. */
export type ValuesOf =
  | { readonly field: 'attributes' | 'tag' | 'event' }
  | { readonly field: 'attribute'; readonly name: string }
  | { readonly field: 'properties'; readonly event: string }
  | { readonly field: 'property'; readonly event: string; readonly name: string }
export type ValueField = keyof typeof valueFields

const name = z.string().min(1).max(limits.nameLength.value)
const most = limits.suggestedValues.value
// The keys of a table of its own.
const fields = Object.keys(valueFields) as [ValueField, ...ValueField[]]

/** GET /customers/values?field=&name=&event=&q=&limit= */
export const suggestedQuery = z
  .object({
    field: z
      .enum(fields)
      .describe(
        '`attributes`, `event`, `properties`: their names; `tag`: tags; `attribute`, `property`: the values of the one that is named',
      ),
    event: name.optional().describe('Whose properties'),
    name: name.optional().describe('Which attribute or property'),
    q: z.string().max(100).default('').describe('How they begin; capitals or not is the same'),
    limit: z.coerce.number().int().min(1).max(most).default(most),
  })
  .refine(({ field, ...given }) => valueFields[field].every((part) => given[part] !== undefined), {
    message: 'says whose values are asked for: `name` of an attribute, `event` of properties',
    path: ['field'],
  })

/** What a query that has passed its schema asks for. */
export function valuesOf({ field, event = '', name = '' }: z.output<typeof suggestedQuery>): ValuesOf {
  if (field === 'attribute') return { field, name }
  if (field === 'properties') return { field, event }
  return field === 'property' ? { field, event, name } : { field }
}

export const suggestedAnswer = z.object({
  values: z
    .array(
      z.object({
        value: z.union([z.string(), z.number(), z.boolean()]),
        count: z.int().describe('Customers; of what events say, events'),
      }),
    )
    .describe('The most frequent first; nothing of what names one person, such as phones'),
  more: z.boolean().describe('Whether there are others, less frequent'),
})
export type SuggestedAnswer = z.infer<typeof suggestedAnswer>
