import { z } from 'zod'
import { attributeTypes, formats, unreadableReasons } from '../conditions/types/index.ts'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'

const value = z.union([z.string(), z.number(), z.boolean()])

/** A field of the customers: what it holds, and how many of them have it. */
export const attributeEntry = z.object({
  name: z.string(),
  /** null: nobody has proposed or chosen one yet; values are what their JSON says. */
  type: z.enum(attributeTypes).nullable(),
  format: z.enum(formats).nullable().describe('How values are written where the type alone does not tell'),
  builtIn: z.boolean().describe('A column of the product itself, whose type stands'),
  chosen: z.boolean().describe('A person has chosen the type; else it is proposed from the values'),
  filled: z.int().describe('Customers with a value'),
  unreadable: z.int().describe('Of those, the ones whose value cannot be read as the type has it'),
  examples: z.array(value),
})
export type AttributeEntry = z.infer<typeof attributeEntry>

/** GET /attributes */
export const attributeList = z.object({ customers: z.int(), attributes: z.array(attributeEntry) })
export type AttributeList = z.infer<typeof attributeList>

/** The answer to PUT /attributes/:name: the field, and the running journeys that ask of it what its type does not know. */
export const attributeDeclared = attributeEntry.extend({
  journeys: z.array(
    z.object({
      id: z.string(),
      name: writtenText,
      node: z.string().nullable(),
      message: z.object({ 'zh-CN': z.string(), en: z.string() }),
    }),
  ),
})
export type AttributeDeclared = z.infer<typeof attributeDeclared>

/** PUT /attributes/:name: a type that a person chooses; null gives the choice back to the values. */
export const attributeSave = z.strictObject({
  type: z.enum(attributeTypes).nullable(),
  format: z.enum(formats).nullable().default(null),
})
export type AttributeSave = z.infer<typeof attributeSave>

/** GET /attributes/:name/unreadable?after=&limit= : by customer, `after` the last id of the page before. */
export const unreadableQuery = z.object({
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export const unreadableList = z.object({
  values: z.array(
    z.object({
      id: z.string(),
      customer: z.string().nullable(),
      value,
      code: z.enum(unreadableReasons),
      reason: z.object({ 'zh-CN': z.string(), en: z.string() }),
    }),
  ),
  next: z.string().nullable(),
})
export type UnreadableList = z.infer<typeof unreadableList>
