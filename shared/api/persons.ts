import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { limits } from '../limits.ts'
import { waitingReasons } from '../persons/judge.ts'
import { identifierKinds } from '../persons/kinds.ts'

const kind = z.enum(identifierKinds).describe('What it is: a closed list; of another system `custom`')
const scope = z
  .string()
  .trim()
  .max(limits.nameLength.value)
  .default('')
  .describe('Of `openid` the app, of `custom` the system’s name; of the others nothing')
const value = z.string().trim().min(1).max(limits.identifierLength.value)

/** By which identifier somebody is meant. */
export const identifierRef = z.strictObject({ kind, scope, value })
export type IdentifierRef = z.output<typeof identifierRef>

/** POST /customers/:id/identifiers */
export const identifierAdd = identifierRef.extend({
  verified: z
    .boolean()
    .default(false)
    .describe(
      'Whether you know that it is theirs, as after a login: by verified ones alone customers are merged',
    ),
  at: z.int().min(0).optional().describe('When they were seen with it, epoch ms; now where it is left out'),
})

/** What became of an identifier that was told. */
export const identifierOutcomes = ['added', 'known', 'merged', 'waiting', 'apart'] as const
export const identifierAnswer = z.object({
  outcome: z
    .enum(identifierOutcomes)
    .describe(
      'added; known already; merged: two customers are one by it; waiting: a person is to say; apart: it is another’s too, or theirs alone',
    ),
  customerId: z.string().describe('Whose it is now'),
  others: z.array(z.string()).describe('Customers of whom it is told as well'),
})
export type IdentifierAnswer = z.infer<typeof identifierAnswer>

export const identifierQuery = z.object({ scope })

/** An identifier as it is kept. */
export const identifier = z.object({
  kind: z.enum(identifierKinds),
  scope: z.string(),
  value: z.string().describe('Of a phone or mailbox masked'),
  verified: z.boolean(),
  source: z.string(),
  firstSeen: z.int(),
  lastSeen: z.int(),
})
export type Identifier = z.infer<typeof identifier>

/** Why two became one. */
export const mergeReason = z.object({
  by: z.enum(['person', 'identifier']),
  kind: z.enum(identifierKinds).nullable(),
  hint: z.string().nullable().describe('Enough of the value to know it again'),
})
export type MergeReason = z.infer<typeof mergeReason>

/** POST /customers/merge */
export const mergeRequest = z.strictObject({
  from: z.string().min(1).max(limits.idLength.value).describe('Who is merged; this id goes on being known'),
  into: z.string().min(1).max(limits.idLength.value).describe('Who stands'),
})

/** A merge as the list tells it. */
export const merge = z.object({
  id: z.string(),
  into: z.object({ id: z.string(), name: z.string().nullable() }),
  from: z.object({ id: z.string(), name: z.string().nullable() }),
  at: z.int(),
  by: actor,
  reason: mergeReason,
  moved: z.record(z.string(), z.int()).describe('How many rows of each table'),
  undoneAt: z.int().nullable(),
  undoable: z
    .enum(['yes', 'undone', 'late', 'merged-on'])
    .describe('late: too long ago; merged-on: the survivor is another by now, which is undone first'),
})
export type Merge = z.infer<typeof merge>
export const mergeList = z.object({
  merges: z.array(merge),
  days: z.int().describe('For how long one can be undone'),
})
export type MergeList = z.infer<typeof mergeList>
export const mergesQuery = z.object({
  customer: z.string().max(limits.idLength.value).optional(),
  limit: z.coerce.number().int().min(1).max(limits.longPageSize.value).default(50),
})

/** The answer to POST /customers/merge and to an undoing. */
export const mergeAnswer = z.object({
  merge,
  ended: z.int().describe('Passages that ended, as both were in one'),
})
export const undoAnswer = z.object({
  merge,
  back: z.record(z.string(), z.int()).describe('Rows that went back, by table'),
  stayed: z.int().describe('Events since the merge, which stay with the survivor'),
})
export type UndoAnswer = z.infer<typeof undoAnswer>

/** One of those who may be one person, as they stand side by side. */
export const candidate = z.object({
  id: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable().describe('Masked'),
  email: z.string().nullable().describe('Masked'),
  city: z.string().nullable(),
  birthday: z.string().nullable(),
  registeredAt: z.int().nullable(),
  orders: z.int(),
  lastEventAt: z.int().nullable(),
  running: z.int().describe('Journeys under way'),
  verified: z.boolean().describe('Whether the identifier is verified as theirs'),
})
export type Candidate = z.infer<typeof candidate>

/** Customers who may be one person, and why nobody has merged them. */
export const duplicateGroup = z.object({
  kind: z.enum(identifierKinds),
  hint: z.string(),
  why: z.enum(waitingReasons),
  customers: z.array(candidate).describe('A few of them, the one that would stand first'),
  total: z.int(),
})
export type DuplicateGroup = z.infer<typeof duplicateGroup>
export const duplicateList = z.object({
  groups: z.array(duplicateGroup),
  total: z.int().describe('How many groups wait; counted up to a thousand'),
  next: z.string().nullable(),
})
export type DuplicateList = z.infer<typeof duplicateList>
export const duplicatesQuery = z.object({
  after: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** POST /duplicates/apart: these are different people, which is remembered. */
export const apartRequest = z.strictObject({
  customers: z.array(z.string().min(1).max(limits.idLength.value)).min(2).max(limits.keptApartAtOnce.value),
})

/** GET /customers/by/:kind/:value */
export const byIdentifier = z.object({ customerId: z.string() })
