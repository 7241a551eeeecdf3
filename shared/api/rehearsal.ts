import { z } from 'zod'
import { journeySchema } from '../journey/graph.ts'

/** Chances that a message is opened, clicked, answered, or followed by a purchase; 0 to 1 each. */
export const rates = z.strictObject({
  open: z.number().min(0).max(1).default(0.3),
  click: z.number().min(0).max(1).default(0.08),
  reply: z.number().min(0).max(1).default(0.01),
  purchase: z.number().min(0).max(1).default(0.02),
  redeem: z.number().min(0).max(1).default(0.15),
})
export type Rates = z.infer<typeof rates>

/** Epoch ms within the years 1 to 9999, which the calendar knows. */
const instant = z.int().min(-62_135_596_800_000).max(253_402_300_799_999)

/** POST /rehearsals: starts one; its progress and report are read at GET /rehearsals/:id. */
export const rehearsalRequest = z.strictObject({
  journey: journeySchema,
  /** Epoch ms; null: now. */
  start: instant.nullable().default(null),
  until: instant.nullable().default(null),
  assume: z.enum(['backtest', 'rates']),
  rates: rates.optional(),
  controlGroup: z.boolean().default(true),
})

/** Ports, `left` among them, and waiting add up to entered, but for whom a goal ended here; `left` counts both. */
export const rehearsalNode = z.object({
  entered: z.int(),
  waiting: z.int(),
  left: z.int().describe('Out of the journey from here: by an exit rule, a goal, a late policy'),
  ports: z.record(z.string(), z.int()),
  sent: z.int(),
  suppressed: z.record(z.string(), z.int()),
})

/** The report, as the command line prints it too. Keys are those that scripts depend on. */
export const rehearsalReport = z.object({
  journey: z.string(),
  assume: z.enum(['backtest', 'rates']),
  /** What was assumed: set by hand, else from the brand's own messages, else the usual ones; null in a backtest. */
  rates: rates.nullable(),
  start: z.string(),
  until: z.string().nullable(),
  entered: z.int(),
  nodes: z.record(z.string(), rehearsalNode),
  days: z.array(z.object({ date: z.string(), channel: z.string(), sent: z.int(), cost: z.number() })),
  audiences: z.record(z.string(), z.int()),
  endings: z.record(z.string(), z.int()),
  waiting: z.int(),
  goals: z.record(z.string(), z.object({ reached: z.int(), control: z.int() })),
  control: z.int(),
  cost: z.object({ currency: z.string(), total: z.number() }),
  /** Milliseconds from entry to end. */
  passage: z.object({ shortest: z.int().nullable(), longest: z.int().nullable() }),
  most_messages: z.int(),
  kept_out: z.int().describe('Who is or was in this journey already, and may not come in again'),
  render_failures: z.array(
    z.object({ customer: z.string(), node: z.string(), variables: z.array(z.string()) }),
  ),
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

export const rehearsalAnswer = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: z.object({ done: z.int(), of: z.int() }),
  report: rehearsalReport.nullable(),
  problem: z.string().nullable(),
})
export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>
