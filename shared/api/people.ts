import { z } from 'zod'
import { limits } from '../limits.ts'
import { newName } from '../text.ts'

/** GET /journeys/:id/nodes/:node/people: who stands on a node, in the order in which they came in. */
export const peopleQuery = z.object({
  search: z.string().max(100).optional().describe('Part of an id or a name'),
  only: z.enum(['all', 'stuck']).default('all'),
  version: z.coerce.number().int().min(1).optional(),
  after: z.coerce.number().int().min(0).default(0).describe('The last enrollment of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type PeopleQuery = z.output<typeof peopleQuery>

export const personAtNode = z.object({
  enrollmentId: z.int(),
  customerId: z.string(),
  customerName: z.string().nullable(),
  version: z.int(),
  control: z.boolean(),
  enteredAt: z.int(),
  since: z.int().describe('When they came to this node'),
  until: z.int().nullable().describe('When the node is asked again; null: not by itself'),
  waitsFor: z.string().nullable().describe('The event that is waited for'),
  stuck: z.boolean(),
  error: z.string().nullable(),
  attempts: z.int(),
})
export type PersonAtNode = z.infer<typeof personAtNode>

export const peopleAnswer = z.object({
  people: z.array(personAtNode),
  total: z.int().describe('How many answer the search'),
  stuck: z.int().describe('How many of these are stuck'),
  next: z.int().nullable(),
})
export type PeopleAnswer = z.infer<typeof peopleAnswer>

/** Some by their enrollments, or all who stand there and answer a search. */
export const whoAtNode = z.union([
  z.strictObject({ enrollments: z.array(z.int().min(1)).min(1).max(limits.customersAtOnce.value) }),
  z.strictObject({
    all: z.literal(true),
    search: z.string().max(100).optional(),
    only: z.enum(['all', 'stuck']).default('all'),
    version: z.int().min(1).optional(),
  }),
])
export type WhoAtNode = z.output<typeof whoAtNode>

/** POST /journeys/:id/nodes/:node/people/move */
export const moveRequest = z.strictObject({ who: whoAtNode, to: z.string().max(64) })
/** POST …/remove and …/retry */
export const whoRequest = z.strictObject({ who: whoAtNode })
/** POST …/save: a new list of customers. */
export const saveRequest = z.strictObject({
  who: whoAtNode,
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most'),
  name: newName,
})
export const peopleDone = z.object({
  done: z.int().describe('With how many it was done'),
  refused: z.int().describe('Who stands there no more, or for whom it cannot be'),
})
export type PeopleDone = z.infer<typeof peopleDone>
