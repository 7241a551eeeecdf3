import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { limits } from '../limits.ts'
import { latestMoment } from './events.ts'
import { storyEntry } from './story.ts'

/** What a story can be filtered by. */
export const timelineKinds = [
  'orders',
  'visits',
  'events',
  'messages',
  'receipts',
  'steps',
  'tasks',
  'consents',
  'edits',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

/** Events that are told as what became of an order. */
export const orderEvents: readonly string[] = [
  'order',
  'refund',
  'payment_failed',
  'order_shipped',
  'order_delivered',
]

/** Events by which somebody looks around. */
export const visitEvents: readonly string[] = [
  'page_viewed',
  'page_view',
  'product_viewed',
  'searched',
  'cart_viewed',
  'app_open',
  'page_dwelled',
]

const moment = z.coerce.number().int().min(0).max(latestMoment)
const isKind = (text: string): text is TimelineKind => timelineKinds.some((kind) => kind === text)

/** GET /customers/:id/timeline?kinds=&from=&to=&search=&before=&limit= : newest first. */
export const timelineQuery = z.object({
  kinds: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().refine(isKind, 'one of the kinds that a story has')))
    .optional()
    .describe(
      `Some of ${timelineKinds.map((kind) => `\`${kind}\``).join(', ')}, with commas between; all without`,
    ),
  from: moment.optional().describe('Epoch ms, this moment included'),
  to: moment.optional().describe('Epoch ms, this moment left out'),
  search: z.string().max(limits.nameLength.value).optional().describe('Part of a text, a name or a value'),
  before: z
    .string()
    .regex(/^\d{1,16}\.\d{1,2}\.\d{1,16}$/, 'the next of the page before')
    .optional()
    .describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type TimelineQuery = z.output<typeof timelineQuery>

export const timelineEntry = storyEntry.extend({
  id: z.string().describe('Of its own in this story'),
  kind: z.enum([...storyEntry.shape.kind.options, 'edit', 'consent', 'task']),
  actor: actor.nullable().describe('Of an edit: who made it'),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const timelinePage = z.object({ entries: z.array(timelineEntry), next: z.string().nullable() })
export type TimelinePage = z.infer<typeof timelinePage>

/** An entry before it is told to anybody. */
export type UntoldEntry = Omit<TimelineEntry, 'id'>
