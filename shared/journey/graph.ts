import { z } from 'zod'
import { isZone } from '../calendar/index.ts'
import { eventFilter } from '../conditions/schema.ts'
import { limits } from '../limits.ts'
import { unsoundPart } from '../sound.ts'
import { writtenText } from '../text.ts'

/** The file format that this release writes; older ones are upgraded, newer ones refused. */
export const formatVersion = 1

/** States of every machine besides its nodes, so no node may be called so. */
export const reservedIds: readonly string[] = ['start', 'left', 'journey']

/** Ids of nodes and ports: they become state keys and event names of the machine. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')

export const nodeSchema = z.strictObject({
  type: idSchema,
  name: writtenText,
  note: z.string().max(limits.noteLength.value).optional(),
  /** Checked by the node's type, so that an unfinished draft can be kept. */
  config: z.record(z.string(), z.json()),
})
export type JourneyNode = z.infer<typeof nodeSchema>

/** Rule 2: whether a customer who has been in this journey may come in again. */
export const reentrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('after_leaving') }),
  z.strictObject({ kind: z.literal('after_days'), days: z.int().min(1).max(3650) }),
  z.strictObject({ kind: z.literal('keyed'), property: z.string().min(1).max(limits.nameLength.value) }),
])
export type Reentry = z.infer<typeof reentrySchema>

/** Rule 18. Without `bound: false` only what belongs to the passage ends it (rule 4): see shared/journey/belonging. */
export const exitRule = eventFilter.extend({ bound: z.boolean().optional() })

/** Rule 18: whoever leaves (or joins) a saved audience leaves the journey. */
export const audienceExit = z.strictObject({
  audience: z.string().min(1).max(limits.nameLength.value),
  on: z.enum(['leave', 'join']),
})
export type AudienceExit = z.infer<typeof audienceExit>

/** The most exit rules of either kind. */
export const mostExits = 20

/** How fast the messages of a journey leave. */
export const rateSchema = z.strictObject({
  messages: z.int().min(1).max(limits.messagesAtARate.value),
  per: z.enum(['minute', 'hour']),
})
export type Rate = z.infer<typeof rateSchema>

export const settingsSchema = z.strictObject({
  /** Overrides the brand's zone for the days and hours of this journey. */
  zone: z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai').optional(),
  controlGroup: z
    .strictObject({ percent: z.number().min(0).max(50), salt: z.string().max(100) })
    .default({ percent: 0, salt: '' }),
  reentry: reentrySchema.default({ kind: 'never' }),
  /** Rule 18: any of these events takes a customer out at once. */
  exitWhen: z.array(exitRule).max(mostExits).default([]),
  /** Rule 18: and whoever leaves or joins any of these audiences. */
  exitAudiences: z.array(audienceExit).max(mostExits).optional(),
  /** Rule 11: the journey pauses itself before one address gets more marketing messages in an hour. */
  mostPerHour: z.int().min(1).max(1000).optional(),
  /** Rule 22: so many messages may leave in a minute or an hour; a backlog leaves evenly. */
  rate: rateSchema.optional(),
})
export type JourneySettings = z.infer<typeof settingsSchema>

const usualMostPerHour = 3

/** How many marketing messages a journey may send to one address in an hour before it pauses itself. */
export function mostPerHourOf({ mostPerHour }: JourneySettings): number {
  return mostPerHour ?? usualMostPerHour
}

/**
 * A value that texts may use and that is not built in: an attribute, a property of the entry event, or with a `value`
 * one of the journey's own, which may be changed while it runs.
 */
export const variableSchema = z.strictObject({
  name: writtenText.optional(),
  example: z.union([z.string(), z.number(), z.boolean()]).optional(),
  value: z.union([z.string().max(limits.valueLength.value), z.number(), z.boolean()]).optional(),
})

/**
 * What a text may call a value by: `customer.tier`, `customer.会员等级`. Brands name their columns in their own
 * language, so letters of Latin, Chinese, Japanese and Korean count, written as ranges that every reader of the
 * JSON Schema understands.
 */
export const variableName = /^[A-Za-z][\w.\u00c0-\u024f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{0,99}$/

const point = z.strictObject({ x: z.number(), y: z.number() })

export const journeyShape = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(formatVersion),
  id: idSchema,
  name: writtenText,
  description: writtenText.optional(),
  settings: settingsSchema.prefault({}),
  variables: z
    .record(
      z.string().regex(variableName, 'a letter, then letters, digits, _ or a dot, 100 at most'),
      variableSchema,
    )
    .default({}),
  nodes: z.record(idSchema, nodeSchema),
  /** Node id, then port, then the id of the node that the edge leads to. */
  edges: z.record(idSchema, z.record(idSchema, idSchema)).default({}),
  /** Where the boxes stand; it has no meaning for the machine. */
  layout: z.record(idSchema, point).default({}),
})

const deepest = { depth: limits.journeyDepth.value, looseNumbers: true }

export const journeySchema = journeyShape.refine(
  (journey) => unsoundPart(journey, deepest)?.kind !== 'too-deep',
  '100 levels at most',
)

/** A journey as a file holds it. */
export type Journey = z.infer<typeof journeySchema>

/** The part of a journey that decides what happens: what a version's content hash is made of. */
export function meaningOf(journey: Journey): Omit<Journey, 'layout' | '$schema'> {
  const { layout: _layout, $schema: _schema, ...meaning } = journey
  return meaning
}

/** JSON with keys in alphabetical order, so that equal journeys give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  )
}
