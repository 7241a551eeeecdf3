import { z } from 'zod'
import { firstInstant, lastInstant } from '../calendar/instant.ts'
import { journeySchema } from '../journey/graph.ts'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'

export const rateNames = ['open', 'click', 'reply', 'purchase', 'redeem', 'unprompted'] as const
export type RateName = (typeof rateNames)[number]

const chance = z.number().min(0).max(1)

/** What customers will do, as chances from 0 to 1. */
export const rates = z.strictObject({
  open: chance.describe('That a message is opened, of channels that tell'),
  click: chance.describe('That a message is clicked'),
  reply: chance.describe('That a message is answered'),
  purchase: chance.describe(
    'That a message brings an order within two days that would not have come without it',
  ),
  redeem: chance.describe('That a coupon is redeemed'),
  unprompted: chance.describe('That somebody who entered orders on any one day without being asked'),
})
export type Rates = z.infer<typeof rates>

export const ratesByHand = rates.partial()
export type RatesByHand = z.infer<typeof ratesByHand>

/** What is assumed where neither a person nor the brand's past has anything to say. */
export const usualRates: Rates = {
  open: 0.3,
  click: 0.08,
  reply: 0.01,
  purchase: 0.02,
  redeem: 0.15,
  unprompted: 0,
}

/** Where a rate comes from, the first that has it: a person, the same weeks of past years, all the past, the usual. */
export const rateSources = ['by_hand', 'same_weeks', 'whole_history', 'usual'] as const
export type RateSource = (typeof rateSources)[number]

/** Whose past tells what customers do unprompted: of those who would have come in then, of everybody, of none. */
export const pastPeople = ['entrants', 'everybody', 'nobody'] as const

/** What the rates of a rehearsal rest on (rule 29). */
export const ratesBasis = z.object({
  sources: z.record(z.enum(rateNames), z.enum(rateSources)),
  festival: z
    .string()
    .nullable()
    .describe('The festival by which weeks of past years are the same; null: the calendar'),
  weeks: z.array(z.object({ from: z.string(), to: z.string() })).describe('Of past years, newest first'),
  people: z.enum(pastPeople),
  customers: z.int().describe('Whose past was looked at, one counted for each year'),
  orders: z.int().describe('That they made in those weeks without having been written to'),
  messages: z.int().describe('Of the brand, from which the rates of messages were counted'),
  mean_order: z.int().describe('Minor units'),
})
export type RatesBasis = z.infer<typeof ratesBasis>

/** Where it comes from what a task for staff is assumed to come to. */
const answerSources = ['by_hand', 'same_node', 'same_kind', 'even'] as const

const assumedAnswers = z.object({
  node: z.string(),
  from: z
    .enum(answerSources)
    .describe('Said in the node; of the node’s own tasks so far; of tasks of its kind; all results alike'),
  tasks: z.int().describe('How many tasks were looked at'),
  shares: z.record(z.string(), z.number()).describe('Of a hundred, by way out'),
})
export type AssumedAnswers = z.infer<typeof assumedAnswers>

/** Epoch ms within the years 1 to 9999, which the calendar knows. */
const instant = z.int().min(firstInstant).max(lastInstant)

/** Who is let in by hand: those of a list of ids, or of an audience as it is at the start. */
export const rehearsalPeople = z.union([
  z.strictObject({ customers: z.array(z.string()).min(1).max(limits.customersAtOnce.value) }),
  z.strictObject({ audience: z.string().min(1) }),
])
export type RehearsalPeople = z.infer<typeof rehearsalPeople>

/**
 * How a trigger is assumed to let in: at its first firing; by the events that were recorded after the start; by
 * those of the days before it, as if they came again; by the list that was given; nobody, as there is no list.
 */
export const entryWays = ['firing', 'recorded', 'repeated', 'list', 'nobody'] as const

/** POST /rehearsals: starts one; its progress and report are read at GET /rehearsals/:id. */
export const rehearsalRequest = z.strictObject({
  journey: journeySchema,
  /** Epoch ms; null: now. */
  start: instant.nullable().default(null),
  until: instant.nullable().default(null),
  assume: z.enum(['backtest', 'rates']),
  people: rehearsalPeople.nullable().default(null),
  /** Set by hand; what is left out comes from the brand's past. */
  rates: ratesByHand.optional(),
  controlGroup: z.boolean().default(true),
  /** Of every hundred who would come in so many are walked, drawn by hash; null: all of them. */
  sample: z.number().min(0.1).max(99).nullable().default(null),
})

/** Ports, `left` among them, and waiting add up to entered, but for whom a goal ended here; `left` counts both. */
export const rehearsalNode = z.object({
  entered: z.int(),
  waiting: z.int(),
  left: z.int().describe('Out of the journey from here: by an exit rule, a goal, a late policy'),
  ports: z.record(z.string(), z.int()),
  sent: z.int(),
  suppressed: z.record(z.string(), z.int()),
  deferred: z
    .record(z.string(), z.int())
    .default({})
    .describe('Of those sent, for which gate they had waited: quiet hours, a cap'),
  cost: z.number().default(0).describe('Of its messages, in the main unit'),
})
export type RehearsalNode = z.infer<typeof rehearsalNode>

const byChannel = z.record(z.string(), rehearsalNode)

/** One day of the rehearsal, from the first on which anything happens to the last. */
const rehearsalDay = z.object({
  date: z.string(),
  entered: z.int().describe('Who came into the journey'),
  ended: z.int().describe('Whose passage ended, whichever way'),
  waiting: z.int().describe('On their way at the day’s end'),
  ports: z.record(z.string(), z.int()).describe('By node.port'),
  sent: z.int(),
  suppressed: z.record(z.string(), z.int()),
  deferred: z.record(z.string(), z.int()),
  cost: z.number(),
  nodes: z
    .record(z.string(), rehearsalNode)
    .describe('At which anything happened; `waiting` at the day’s end'),
  channels: byChannel,
})
export type RehearsalDay = z.infer<typeof rehearsalDay>

/** A customer whose message could not be written, and the names of what was missing or could not be read. */
export const renderFailure = z.object({
  at: z.string(),
  customer: z.string(),
  node: z.string(),
  variables: z.array(z.string()),
})
export type RenderFailure = z.infer<typeof renderFailure>

/** The report, as the command line prints it too. Keys are those that scripts depend on. */
export const rehearsalReport = z.object({
  journey: z.string(),
  assume: z.enum(['backtest', 'rates']),
  entries: z
    .array(
      z.object({
        node: z.string(),
        by: z.enum(entryWays),
        from: z.string().nullable().describe('When the first and the last come'),
        until: z.string().nullable(),
        entered: z.int().describe('Who ask to come in'),
      }),
    )
    .describe('What was assumed of each trigger'),
  unknown_customers: z.array(z.string()).describe('Ids of the list that nobody has'),
  bounded: z
    .array(z.object({ journey: z.string(), name: writtenText, node: z.string(), hours: z.int() }))
    .describe(
      'Other live journeys that fire more often than every so many hours, and were asked only so often',
    ),
  unforeseen: z
    .array(z.object({ journey: z.string(), name: writtenText, node: z.string() }))
    .default([])
    .describe(
      'Other live journeys into which people are sent by hand, by the API or from a list: nobody can say who',
    ),
  left_out: z
    .object({
      customers: z.int().describe('Who would come in, but whose record cannot be read: they would be stuck'),
      passages: z
        .array(z.object({ journey: z.string(), name: writtenText, count: z.int() }))
        .describe('Passages through other journeys that would be stuck: their later messages do not count'),
      journeys: z
        .array(z.string())
        .describe('Other live journeys of which a version cannot be read: their messages do not count'),
    })
    .default({ customers: 0, passages: [], journeys: [] })
    .describe('What was rehearsed without, since the engine would be held up there too'),
  /** What was assumed; null in a backtest. */
  rates: rates.nullable(),
  basis: ratesBasis.nullable().describe('Where the rates come from; null in a backtest'),
  answers: z.array(assumedAnswers).default([]).describe('What tasks for staff are assumed to come to'),
  start: z.string(),
  until: z.string().nullable(),
  entered: z.int(),
  nodes: z.record(z.string(), rehearsalNode),
  days: z.array(z.object({ date: z.string(), channel: z.string(), sent: z.int(), cost: z.number() })),
  by_day: z
    .array(rehearsalDay)
    .default([])
    .describe('What happened each day, in all, by node and by channel'),
  by_channel: byChannel
    .default({})
    .describe(
      'The figures of the nodes that send, by channel: who came to its messages, and what became of them',
    ),
  audiences: z.record(z.string(), z.int()),
  coupons: z
    .array(
      z.object({
        coupon: z.string(),
        needed: z.int().describe('Codes that would be handed out'),
        left: z.int().nullable().describe('Codes in its pool now; null: they are made as needed'),
        short: z.int().describe('Who would get none, because the pool is empty by then'),
      }),
    )
    .default([]),
  endings: z.record(z.string(), z.int()),
  waiting: z.int(),
  goals: z.record(z.string(), z.object({ reached: z.int(), control: z.int() })),
  control: z.int(),
  cost: z.object({
    currency: z.string(),
    total: z.number(),
    unpriced: z
      .array(z.string())
      .default([])
      .describe('Channels of which nobody has said what a message costs'),
  }),
  /** Milliseconds from entry to end. */
  passage: z.object({ shortest: z.int().nullable(), longest: z.int().nullable() }),
  most_messages: z.int(),
  kept_out: z.int().describe('Who is or was in this journey already, and may not come in again'),
  breaker: z
    .object({
      at: z.string(),
      node: z.string(),
      customer: z.string(),
      channel: z.string(),
      address: z.string(),
      limit: z.int().describe('Marketing messages to one address within an hour'),
      sent: z.int().describe('Messages of the journey that had gone by then'),
    })
    .nullable()
    .describe(
      'Where the journey would pause itself (too many messages to one address); the report ends there',
    ),
  sample: z
    .object({ percent: z.number(), customers: z.int(), of: z.int() })
    .nullable()
    .default(null)
    .describe('Who was walked, of all who would come in; null: everybody. Nothing is reckoned up to all'),
  ai: z
    .object({
      asked: z.int().describe('Messages for which a model would be asked; the rehearsal asks none'),
      total: z.number().nullable().describe('In the main unit, by what replies have cost so far'),
    })
    .nullable()
    .default(null)
    .describe('What a model would cost; null where none is to polish'),
  rate: z
    .object({
      held: z.int().describe('Messages that the rate limit would hold back'),
      longest_ms: z.int().describe('For how long at most'),
      last: z.string().nullable().describe('When the last message leaves'),
    })
    .nullable()
    .default(null)
    .describe('What the journey’s rate limit would do (rule 22); null where it has none'),
  render_failures: z.array(renderFailure),
  /** The state of the canvas at each day's end, for the time slider. */
  timeline: z.array(
    z.object({
      date: z.string(),
      sent: z.int(),
      /** Node id → [arrived so far, standing there]. */
      nodes: z.record(z.string(), z.tuple([z.int(), z.int()])),
      /** node.port → left by it so far. */
      ports: z.record(z.string(), z.int()),
      /** Goal → [reached so far, of the control group so far]. */
      goals: z.record(z.string(), z.tuple([z.int(), z.int()])),
    }),
  ),
  seconds: z.number(),
})
export type RehearsalReport = z.infer<typeof rehearsalReport>

/** GET /rehearsals/:id/failures?offset=&limit= */
export const failuresQuery = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(limits.longPageSize.value).default(50),
})
export const failuresAnswer = z.object({ total: z.int(), failures: z.array(renderFailure) })

export const rehearsalAnswer = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.object({ done: z.int(), of: z.int() }),
  copying: z
    .object({ rows: z.int(), of: z.int() })
    .nullable()
    .default(null)
    .describe('How far the analytical copy is where it has to be made first, in rows of about so many'),
  before: z.int().default(0).describe('How many have their turn before it; 0 where it runs'),
  report: rehearsalReport.nullable(),
  problem: z.string().nullable().describe('Why it failed, in the language of whoever began it'),
  reason: z.object({ 'zh-CN': z.string(), en: z.string() }).nullable().describe('The same in both languages'),
})
export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>
