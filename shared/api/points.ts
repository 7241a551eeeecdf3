import { z } from 'zod'
import { limits } from '../limits.ts'
import { type LineKind, type LineSource, mostPoints } from '../points/kinds.ts'

const line = ['earned', 'spent', 'expired', 'adjusted'] as const satisfies readonly LineKind[]
const source = ['api', 'journey', 'person', 'time'] as const satisfies readonly LineSource[]

const amount = z.int().min(-mostPoints).max(mostPoints)
const reason = z.string().trim().max(limits.nameLength.value)
const key = z.string().regex(/^[A-Za-z0-9._:/+=-]{1,100}$/, 'letters, digits and . _ : / + = -, 100 at most')

/** POST /points: points that are added or taken, one of a list or a line of a stream. */
export const pointRecord = z
  .strictObject({
    customerId: z.string().min(1).max(limits.idLength.value),
    points: amount.refine((points) => points !== 0, 'not 0').describe('Above zero: added; below: taken'),
    key: key.describe('By which it is known when it comes again; then it is `unchanged`'),
    reason: reason.default(''),
    orderId: z.string().min(1).max(limits.nameLength.value).optional(),
    validDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe('What is left of what is added is lost after so many days; without it never'),
  })
  .refine(({ points, validDays }) => points > 0 || validDays === undefined, {
    message: 'days only of what is added',
    path: ['validDays'],
  })
export type PointRecord = z.infer<typeof pointRecord>

/** POST /customers/:id/points: by a person, who says why. */
export const pointAdjustment = z.strictObject({
  points: amount.refine((points) => points !== 0, 'not 0'),
  reason: reason.min(1),
  key: key.describe('By which it is known when it comes again'),
})
export type PointAdjustment = z.infer<typeof pointAdjustment>

export const pointLine = z.object({
  seq: z.int(),
  customerId: z.string(),
  at: z.int(),
  points: z.int(),
  kind: z.enum([...line, 'unreadable']).describe('`unreadable`: what is kept of it is none of these'),
  source: z.enum([...source, 'unreadable']),
  reason: z.string(),
  reference: z.string().nullable().describe('The order, or the journey with its node, that it is of'),
  expiresAt: z.int().nullable(),
})
export type PointLine = z.infer<typeof pointLine>

/** GET /customers/:id/points: the newest line first. */
export const customerPoints = z.object({
  balance: z.int().nullable().describe('The sum of all lines; null: there is none'),
  expiring: z
    .array(z.object({ at: z.int(), points: z.int() }))
    .describe('What will be lost, the soonest first, if nothing is spent'),
  lines: z.array(pointLine),
  next: z.int().nullable().describe('By which the next page is asked for; null: this is the last'),
})
export type CustomerPoints = z.infer<typeof customerPoints>

/** GET /points: the ledger of everybody, the newest line first. */
export const pointLedger = customerPoints.pick({ lines: true, next: true }).extend({
  outstanding: z.int().describe('What all customers have together'),
})
export type PointLedger = z.infer<typeof pointLedger>
