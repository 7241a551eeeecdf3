import { z } from 'zod'
import { chosenSchema } from '../contents/choose.ts'
import { contentSchema } from '../contents/content.ts'
import { labels } from '../contents/labels.ts'
import { diagnosticAnswer } from './diagnostics.ts'
import { localText } from './unreadable.ts'

/** A content as it is kept, and what is doubtful in it. */
export const keptContent = z.object({
  content: contentSchema,
  revision: z.int(),
  updatedAt: z.int(),
})
export type KeptContent = z.infer<typeof keptContent>

/** GET /contents */
export const contentList = z.object({ contents: z.array(keptContent) })

/** GET and PUT /contents/:key */
export const contentAnswer = keptContent.extend({
  findings: z
    .array(diagnosticAnswer.extend({ field: z.string().nullable().describe('Where within the content') }))
    .describe('What is doubtful in its texts, whatever journey shows them'),
})
export type ContentAnswer = z.infer<typeof contentAnswer>

/** PUT /contents/:key */
export const contentSave = z.strictObject({
  content: contentSchema,
  revision: z
    .int()
    .nullable()
    .describe('The revision that was looked at; another one meanwhile refuses it. null: a new content'),
})
export type ContentSave = z.output<typeof contentSave>

/** POST /contents/count: a content that need not be saved. */
export const contentCountRequest = z.strictObject({ content: contentSchema })
export const contentCounts = z.object({
  of: z.int().describe('All customers'),
  variants: z
    .array(z.object({ variant: z.string(), count: z.int() }))
    .describe('Who is shown which now; of an offer those within their dates alone'),
})
export type ContentCounts = z.infer<typeof contentCounts>

/** POST /contents/preview: a content that need not be saved, as one customer would be shown it now. */
export const contentPreviewRequest = z.strictObject({
  content: contentSchema,
  customerId: z.string().nullable().describe('null: the first'),
  move: z.enum(['none', 'next', 'previous']).default('none'),
})
export type ContentPreviewRequest = z.output<typeof contentPreviewRequest>

export const contentPreview = z.object({
  customer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  labels: z
    .partialRecord(z.enum(labels), z.string())
    .describe('What the customer has of that for which labels ask'),
  chosen: chosenSchema.nullable().describe('null: nothing, as no offer is within its dates'),
  shown: z
    .array(z.object({ path: z.string(), text: z.string() }))
    .describe('Each as a text that names it would show it'),
  problems: z.array(z.object({ code: z.string(), detail: localText })),
})
export type ContentPreview = z.infer<typeof contentPreview>
