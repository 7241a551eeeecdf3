import { z } from 'zod'
import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'
import { identifierRef } from './persons.ts'
import { type Properties, propertiesFault, withoutNulls } from './properties.ts'

const properties = z
  .record(z.string().min(1).max(limits.nameLength.value), z.json())
  .default({})
  .describe(
    'Texts, numbers, yes/no, lists, objects and lists of objects: 5 levels, 200 entries in a list and 64 KB in all at most. A null is a value that is absent.',
  )

/** The end of the last year that calendars here go to. */
export const latestMoment = Date.UTC(2200, 0, 1)

/** One event of POST /events. */
export const eventInput = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(limits.idLength.value)
      .describe('Yours, one for each thing that a customer did; an order’s number'),
    customerId: z.string().min(1).max(limits.idLength.value).optional().describe('Or by an identifier'),
    by: identifierRef.optional().describe('An identifier of the customer, in the place of the id'),
    name: z.string().min(1).max(limits.nameLength.value),
    at: z.string().optional().describe('ISO time, without zone the brand’s; now where it is left out'),
    amount: z
      .int()
      .min(-limits.money.value)
      .max(limits.money.value)
      .nullable()
      .optional()
      .describe('Minor units; of an order zero or more, of a refund above zero'),
    properties,
  })
  .refine(({ customerId, by }) => (customerId === undefined) !== (by === undefined), {
    message: 'who it is, said once: customerId or by',
    path: ['customerId'],
  })
export type EventInput = z.infer<typeof eventInput>

/** Why properties cannot be kept, in few words; null where they can. */
export function faultOf(input: EventInput): LocalText | null {
  return propertiesFault(input.properties)
}

/** The properties as they are kept. */
export function propertiesOf(input: EventInput): Properties {
  return withoutNulls(input.properties)
}

export type { Properties }

/** An event as it comes: each is read by itself, so that one which is not well formed keeps no other out. */
const anyEvent = z.unknown().meta(z.toJSONSchema(eventInput, { io: 'input' }))

/** POST /events: up to 10,000 at once. */
export const eventsRequest = z.strictObject({
  events: z.array(anyEvent).min(1).max(limits.eventsAtOnce.value),
})

/**
 * PUT /customers/:id/events/:name/:event: what is left out stays as it is. `refunded` is of an order: what has been given
 * back for it in all.
 */
export const eventCorrection = z.strictObject({
  at: z.int().min(0).max(latestMoment).optional().describe('Epoch milliseconds'),
  amount: z.int().min(-limits.money.value).max(limits.money.value).nullable().optional(),
  properties: properties.removeDefault().optional(),
  refunded: z.int().min(0).max(limits.money.value).optional(),
})
export type EventCorrection = z.infer<typeof eventCorrection>

const words = z.object({ 'zh-CN': z.string(), en: z.string() })

/** What is to be said of an event: it was seen before, refused, or taken with a reservation. */
export const eventAnswer = z.object({
  index: z.int().describe('Its place in the call'),
  id: z.string().nullable(),
  status: z.enum(['duplicate', 'refused', 'noted']),
  code: z.string().optional(),
  message: words.optional(),
  mend: words.optional(),
})
export type EventAnswer = z.infer<typeof eventAnswer>

export const eventsAnswer = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  answers: z.array(eventAnswer).describe('Of those that were not simply taken'),
})
