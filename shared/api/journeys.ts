import { z } from 'zod'
import { journeySchema } from '../journey/graph.ts'
import { limits } from '../limits.ts'
import { newName, writtenText } from '../text.ts'
import { diagnosticAnswer } from './diagnostics.ts'
import { fateFields } from './versions.ts'

export const journeyStatus = z.enum(['draft', 'live', 'paused', 'stopped'])
export type JourneyStatus = z.infer<typeof journeyStatus>

/** Why a journey has paused itself (rule 11). */
export const breakerTrip = z.object({
  at: z.int(),
  node: z.string().describe('Where the message would have been sent'),
  customerId: z.string(),
  channel: z.string(),
  limit: z.int().describe('Marketing messages to one address within an hour'),
})

/** GET /journeys */
export const journeySummary = z.object({
  id: z.string(),
  name: writtenText,
  status: journeyStatus,
  revision: z.int(),
  liveVersion: z.int().nullable(),
  breaker: breakerTrip.nullable().describe('Why it has paused itself; null where a person did, or nobody'),
  /** Whether the draft differs in meaning from the live version. */
  changed: z.boolean(),
  unreadable: z.boolean().describe('Its draft cannot be read: it can be stopped and deleted, not opened'),
  entered: z.int(),
  inFlight: z.int(),
  stuck: z.int(),
  sent: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
  nextFiringAt: z.int().nullable(),
})
export type JourneySummary = z.infer<typeof journeySummary>
export const journeyList = z.object({ journeys: z.array(journeySummary) })

/** DELETE /journeys/:id?lists=keep */
export const journeyRemoval = z.object({
  lists: z
    .enum(['refuse', 'keep'])
    .default('refuse')
    .describe(
      'keep: also where it or a list that it fills is named elsewhere, to which then no more is added',
    ),
})

/** GET /journeys/:id, POST /journeys, PUT /journeys/:id/draft */
export const journeyAnswer = z.object({
  journey: journeySchema,
  status: journeyStatus,
  revision: z.int(),
  liveVersion: z.int().nullable(),
  breaker: breakerTrip.nullable().describe('Why it has paused itself; null where a person did, or nobody'),
  changed: z.boolean(),
  updatedAt: z.int(),
})
export type JourneyAnswer = z.infer<typeof journeyAnswer>

/** POST /journeys: an empty canvas, a template, or a file's journey; the id is made unique. */
export const journeyCreate = z.union([
  z.strictObject({ name: newName }),
  z.strictObject({ template: z.string() }),
  z.strictObject({
    file: z.string().max(limits.journeyFileLength.value).describe('The text of a journey file'),
  }),
])
export type JourneyCreate = z.infer<typeof journeyCreate>

/** PUT /journeys/:id/draft: a stale revision is refused with `stale-revision`. */
export const draftSave = z.strictObject({ revision: z.int(), journey: journeySchema })

/** POST /journeys/:id/publish; also checks. 422 `journey-has-errors` carries no state change. */
export const publishRequest = z.strictObject({
  revision: z.int(),
  ...fateFields,
})
export const publishAnswer = z.object({
  version: z.int(),
  status: journeyStatus,
  /** Of the draft from now on: a publication counts as a change, so that two at once cannot both win. */
  revision: z.int(),
  diagnostics: z.array(diagnosticAnswer),
  /** In flight on earlier versions; they finish there. */
  onEarlierVersions: z.int(),
  moving: z.int().describe('Who come over to this version from earlier ones'),
  leaving: z.int().describe('Who are taken out of the journey'),
})

/** What is proved of every passage; null where the graph alone does not tell. */
export const proofAnswer = z.object({
  longestPassageMs: z.int().nullable(),
  shortestPassageMs: z.int().nullable(),
  mostMessages: z.int().nullable().describe('The most that one customer can get in one passage'),
  mostMessagesInDay: z.int().nullable().describe('In any 24 hours'),
  mostMarketingInHour: z.int().nullable().describe('By one channel in any hour: what the breaker counts'),
})

/** POST /journeys/:id/check answers what GET the draft would say when published now. */
export const checkAnswer = z.object({
  ok: z.boolean(),
  diagnostics: z.array(diagnosticAnswer),
  proof: proofAnswer,
})

/** GET /journeys/:id/meanwhile: who qualified while the journey stood still (rule 3). */
export const meanwhileAnswer = z.object({
  since: z.int().nullable().describe('When it was paused; null where it is not, or where nobody knows'),
  triggers: z.array(
    z.object({
      node: z.string(),
      customers: z.int().describe('Before re-entry is asked; one customer may qualify at several triggers'),
    }),
  ),
})
export type MeanwhileAnswer = z.infer<typeof meanwhileAnswer>

/** POST /journeys/:id/resume; a body is not needed. */
export const resumeRequest = z
  .strictObject({
    letIn: z.boolean().default(false).describe('Whether those come in who qualified meanwhile'),
  })
  .nullish()

/** POST /journeys/:id/pause | resume | stop */
export const statusAnswer = z.object({ status: journeyStatus, left: z.int().optional() })

/** POST /journeys/:id/enter */
export const enterRequest = z.strictObject({
  customerIds: z.array(z.string()).min(1).max(limits.customersAtOnce.value),
})
export const enterAnswer = z.object({ entered: z.int(), refused: z.int() })

/** GET /journeys/:id/figures?version=: the live numbers on the canvas. */
export const nodeFigures = z.object({
  in: z.int().describe('Arrived here, or came in by this trigger'),
  waiting: z.int().describe('Standing here now'),
  ports: z.record(z.string(), z.int()),
  sent: z.int(),
  suppressed: z.record(z.string(), z.int()),
  delivered: z.int(),
  opened: z.int(),
  clicked: z.int(),
  replied: z.int(),
  failed: z.int(),
  reached: z.int().describe('Goals: members reached, control group not counted'),
  reachedControl: z.int(),
  stuck: z.int(),
  movedIn: z.int().describe('Brought here from an earlier version'),
  movedOut: z.int().describe('Brought from here to a later version'),
})
export type NodeFigures = z.infer<typeof nodeFigures>
export const figuresAnswer = z.object({
  version: z.int().nullable(),
  now: z.int(),
  entered: z.int(),
  control: z.int(),
  inFlight: z.int(),
  spaced: z
    .object({
      waiting: z.int().describe('Messages that its rate limit holds back now'),
      nextAt: z.int().nullable(),
      lastAt: z.int().nullable().describe('When the last of them leaves'),
    })
    .nullable()
    .default(null)
    .describe('Of a journey with a rate limit'),
  nodes: z.record(z.string(), nodeFigures),
})
export type FiguresAnswer = z.infer<typeof figuresAnswer>

/** GET /journeys/:id/versions */
export const versionList = z.object({
  versions: z.array(
    z.object({
      number: z.int(),
      hash: z.string(),
      publishedAt: z.int(),
      inFlight: z.int(),
      entered: z.int(),
    }),
  ),
})

/** GET /journeys/:id/versions/:version */
export const versionAnswer = z.object({
  number: z.int(),
  hash: z.string(),
  publishedAt: z.int(),
  journey: journeySchema,
})

/** GET /journeys/:id/stuck, POST /journeys/:id/retry */
export const stuckList = z.object({
  stuck: z.array(
    z.object({
      enrollmentId: z.int().nullable().describe('null: stuck on the way in, at the trigger'),
      customerId: z.string(),
      customerName: z.string().nullable(),
      node: z.string(),
      error: z.string(),
      attempts: z.int(),
    }),
  ),
  total: z.int(),
})
export const retryAnswer = z.object({ retried: z.int() })

/** GET /templates */
export const templateList = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      name: writtenText,
      description: writtenText.nullable(),
      nodes: z.int(),
      journey: journeySchema,
    }),
  ),
})
