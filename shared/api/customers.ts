import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { closures } from '../conditions/customer.ts'
import { conditionSchema } from '../conditions/schema.ts'
import { propertyTypes } from '../conditions/standard-events.ts'
import { limits } from '../limits.ts'
import { contentMove } from '../models/content.ts'
import { type FeatureName, featureNames } from '../models/propensity.ts'
import { type ModelName, modelNames, type ScoreName, scoreNames } from '../models/scores.ts'
import { type Silence, silenceNames } from '../models/silence.ts'
import { newName, writtenText } from '../text.ts'
import { contactsShown } from './contacts.ts'
import { customerSort } from './customer-sort.ts'
import { diagnosticAnswer } from './diagnostics.ts'
import { customerOrigins } from './origins.ts'
import { identifierRef } from './persons.ts'
import { storyEntry } from './story.ts'
import { localText } from './unreadable.ts'

const value = z.union([z.string(), z.number(), z.boolean()])

/** GET /customers?search=&audience=&tag=&sort=&after=&limit= : `after` is the `next` of the page before. */
export const customerQuery = z.object({
  search: z.string().max(100).optional(),
  audience: z.string().optional(),
  tag: z.string().optional(),
  sort: customerSort.optional(),
  after: z.string().optional().describe('The `next` of the page before, in the same order'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export const customerSummary = z.object({
  id: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable().describe('Masked'),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  orders: z.int(),
  spent: z.int().describe('Minor units'),
  lastOrderAt: z.int().nullable(),
  registeredAt: z.number().nullable(),
  score: z.number().nullable().optional().describe('Where they are in the order of a score: what it says'),
  unreadable: localText.nullable().describe('Why the attributes cannot be read; null where they can'),
  memberSince: z
    .object({
      at: z.int(),
      before: z.boolean().describe('Was in it already when it was looked at first, which was then'),
    })
    .nullable()
    .optional()
    .describe('Of an audience that is asked for: since when they are in it; null: nobody has looked since'),
})
export type CustomerSummary = z.infer<typeof customerSummary>
export const customerList = z.object({
  customers: z.array(customerSummary),
  total: z.int(),
  next: z.string().nullable(),
})

/** What models say of a customer. */
export const customerScores = z.object({
  at: z.int().describe('Since when they stand so, in real time'),
  values: z.array(
    z.object({
      name: z.enum(scoreNames as [ScoreName, ...ScoreName[]]),
      value: z.union([z.string(), z.number()]),
      position: z
        .object({
          below: z.number().describe('The share of them who have less, 0 to 1, to the hundredth'),
          customers: z.int().describe('Who had this score when it was fitted last'),
        })
        .nullable()
        .describe('Where it stands among all; null of what is not more or less, and until it is fitted anew'),
    }),
  ),
  reasons: z
    .array(
      z.object({
        feature: z.enum(featureNames as [FeatureName, ...FeatureName[]]),
        up: z.boolean(),
        value: z.int(),
      }),
    )
    .describe('Why the purchase propensity is what it is, the strongest first'),
  contents: z
    .array(
      contentMove.extend({
        journeyName: writtenText.nullable(),
        nodeName: writtenText.nullable(),
      }),
    )
    .describe('Content that has moved the propensity, and what it would be without, the strongest first'),
})
export type CustomerScores = z.infer<typeof customerScores>

/** GET /customers/:id?story= */
export const oneCustomerQuery = z.object({
  story: z
    .enum(['whole', 'none'])
    .default('whole')
    .describe('none: without the latest orders and the timeline, which have pages of their own'),
})

/** GET /customers/:id */
export const customerAnswer = z.object({
  customer: z.object({
    id: z.string(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    gender: z.string().nullable(),
    birthday: z.string().nullable(),
    city: z.string().nullable(),
    registeredAt: z.int().nullable(),
    timezone: z.string().nullable(),
    language: z.string().nullable(),
    consentSms: z.boolean().nullable(),
    consentEmail: z.boolean().nullable(),
    blacklisted: z.boolean(),
    unsubscribed: z.array(z.string()),
    closed: z.partialRecord(z.string(), z.enum(closures)).describe('Channels that are closed, and why'),
    attributes: z.record(z.string(), value),
    unreadable: localText.nullable().describe('Why the attributes cannot be read; null where they can'),
  }),
  contacts: contactsShown.describe('How phones and mailboxes are told here'),
  scores: customerScores.nullable().describe('What models say; null of whoever has not been scored'),
  silent: z
    .array(
      z.object({
        model: z.enum(modelNames as [ModelName, ...ModelName[]]),
        reason: z.enum(silenceNames as [Silence, ...Silence[]]),
        why: localText,
      }),
    )
    .describe('The models that say nothing of the customer, and why'),
  tags: z.array(z.string()),
  origins: customerOrigins.describe('Where each value came from, and each tag'),
  audiences: z
    .array(
      z.object({
        key: z.string(),
        name: writtenText,
        since: z.int().describe('In a list since they were put there, else as looks at its members saw'),
        before: z.boolean().describe('Whether they were in it already when its members were looked at first'),
      }),
    )
    .describe('Lists that name the customer, and audiences in which the last look saw them'),
  orders: z.array(
    z.object({
      id: z.string(),
      at: z.int(),
      amount: z.int().nullable(),
      refunded: z.int().describe('Given back of it in all'),
      properties: z.record(z.string(), z.json()),
    }),
  ),
  totals: z.object({ orders: z.int(), spent: z.int() }),
  counts: z
    .object({ messages: z.int(), visits: z.int() })
    .describe('How many messages were made for them, and how many looks at pages are known'),
  lastOrderAt: z.int().nullable().describe('Of those that stand'),
  lastMessage: z
    .object({ at: z.int(), channel: z.string() })
    .nullable()
    .describe('The last one that was handed to its channel'),
  /** Newest first: steps, messages, receipts and events together. */
  timeline: z.array(storyEntry),
  enrollments: z.array(
    z.object({
      id: z.int(),
      journeyId: z.string(),
      journeyName: writtenText,
      version: z.int(),
      state: z.string(),
      status: z.string(),
      enteredAt: z.int(),
      endedAt: z.int().nullable(),
      ending: z.string().nullable(),
      control: z.boolean(),
      dueAt: z.int().nullable(),
    }),
  ),
})
export type CustomerAnswer = z.infer<typeof customerAnswer>

const written = z.union([z.string(), z.number(), z.boolean()]).nullable()
const consentSaid = z.union([
  value,
  z.strictObject({
    given: value,
    at: z.union([z.string(), z.number()]).optional().describe('When; ISO time or epoch milliseconds'),
    proof: z.string().max(500).optional().describe('What proves it, such as a form'),
  }),
  z.null(),
])

/**
 * A customer as PUT, PATCH and POST /customers take one. It is read by the rules of the import: what cannot be read
 * costs itself, and any other field is an attribute.
 */
export const customerRecord = z
  .looseObject({
    id: z.string().max(limits.idLength.value).optional().describe('Without one the address says who it is'),
    by: identifierRef
      .optional()
      .describe(
        'With POST, in the place of the id: any identifier of the customer; whoever has it is changed',
      ),
    name: written.optional(),
    firstName: written.optional(),
    lastName: written.optional(),
    phone: written.optional().describe('However it is written: kept in one form'),
    email: written.optional(),
    gender: written.optional(),
    birthday: written.optional(),
    city: written.optional(),
    registeredAt: written.optional().describe('ISO time, without zone the brand’s, or epoch milliseconds'),
    timezone: written.optional(),
    language: written.optional(),
    consentSms: consentSaid.optional().describe('null says nothing; what is not understood is a no'),
    consentEmail: consentSaid.optional(),
    unsubscribedSms: written.optional(),
    unsubscribedEmail: written.optional(),
    unsubscribed: z
      .union([z.array(z.string()), value])
      .optional()
      .describe('Channels, or true for all'),
    tags: z
      .union([
        z.array(z.string()),
        z.string(),
        z.strictObject({ add: z.array(z.string()).optional(), remove: z.array(z.string()).optional() }),
        z.null(),
      ])
      .optional()
      .describe('A list is added to those there are (with PUT it is all there are); null takes all away'),
    attributes: z.record(z.string(), z.union([written, z.array(value)])).optional(),
  })
  .describe('null takes a field away; any other field is an attribute')

/** GET /audiences */
export const audienceSummary = z.object({
  key: z.string(),
  name: writtenText,
  kind: z.enum(['condition', 'list']),
  condition: conditionSchema.nullable(),
  journeyId: z.string().nullable(),
  revision: z.int().describe('Raised by each change'),
  frozen: z
    .object({ at: z.int(), by: actor.nullable(), condition: conditionSchema.nullable() })
    .nullable()
    .describe(
      'Of a condition that was frozen, which is a list since: when, by whom, and what it was; null of any other',
    ),
  size: z.int(),
  unknown: z
    .boolean()
    .describe('Nobody can say who is in it (its findings say why), so that neither in nor not in it holds'),
  unreadable: localText
    .nullable()
    .describe('Why its condition or its name cannot be read; null where they can'),
  updatedAt: z.int(),
  findings: z.array(diagnosticAnswer).describe('What is doubtful in its condition'),
})
export type AudienceSummary = z.infer<typeof audienceSummary>
export const audienceList = z.object({ audiences: z.array(audienceSummary) })

/** GET /audiences/:key/uses, and the `uses` of the problem `audience-in-use`. */
export const audienceUse = z.object({
  kind: z.enum(['journey', 'audience', 'content']),
  id: z.string(),
  name: writtenText,
  state: z
    .enum(['draft', 'running'])
    .describe('running: a version that lets customers in or has some under way'),
  version: z.int().nullable(),
  node: z.string().nullable(),
  field: z.string().nullable().describe('Where within it'),
})
export type AudienceUse = z.infer<typeof audienceUse>
export const audienceUses = z.object({ uses: z.array(audienceUse) })

/** DELETE /audiences/:key?drafts=drop */
export const audienceRemoval = z.object({
  drafts: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe('drop: also where drafts name it, which then cannot be published until they are changed'),
})

/** POST /audiences, PUT /audiences/:key (DELETE /audiences/:key is refused while something uses it) */
export const audienceSave = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most'),
  name: newName,
  condition: conditionSchema,
  revision: z
    .int()
    .optional()
    .describe('Of a change: the revision that was looked at; another one meanwhile refuses it'),
})

/** POST /audiences/count: how many customers a condition holds for now. */
export const countRequest = z.strictObject({ condition: conditionSchema })
export const countAnswer = z.object({
  count: z.int(),
  of: z.int(),
  sample: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  findings: z.array(diagnosticAnswer).describe('What is doubtful in the condition'),
})

/** Beyond these only the most frequent events and the first tags are told. */
export const vocabularySize = { events: 100, tags: 500 } as const

/** GET /vocabulary: what conditions may speak of, from this brand's own data. */
export const vocabularyAnswer = z.object({
  attributes: z.array(z.object({ name: z.string(), examples: z.array(value) })),
  events: z.array(
    z.object({
      name: z.string(),
      count: z.int(),
      lastAt: z.int().describe('The own time of the last one'),
      standard: z.boolean().describe('Whether it is one of the standard events'),
      properties: z.array(z.string()),
      types: z
        .record(z.string(), z.array(z.enum(propertyTypes)))
        .describe('Of the properties, what the latest events say in them'),
    }),
  ),
  tags: z.array(z.string()),
})
export type VocabularyAnswer = z.infer<typeof vocabularyAnswer>
