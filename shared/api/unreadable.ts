import { z } from 'zod'
import { limits } from '../limits.ts'

export const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** A row of a list that cannot be read: it is named, and hides no other. */
export const unreadableRow = z.object({
  id: z.string(),
  reason: localText.describe('Why it cannot be read'),
})
export type UnreadableRow = z.infer<typeof unreadableRow>

/** GET /unreadable: what stands in the database and cannot be read, wherever it is. */
export const unreadableEntry = z.object({
  place: z.string().describe('Table and column'),
  id: z.string().describe('The key of the row, as a JSON list'),
  what: localText.describe('What kind of thing it is'),
  name: z.string().describe('Which one'),
  reason: localText,
  text: z.string().describe('As it stands'),
  drop: z
    .enum(['row', 'value'])
    .nullable()
    .describe('What deleting it takes away; null: it cannot be deleted here'),
})
export type UnreadableEntry = z.infer<typeof unreadableEntry>
export const unreadableList = z.object({
  entries: z.array(unreadableEntry),
  more: z.boolean().describe('Whether there are more of one kind than are listed'),
})
export type UnreadableEntries = z.infer<typeof unreadableList>

/** PUT /unreadable: the text mended; it is read as it will be from then on. */
export const unreadableMend = z.strictObject({
  place: z.string().max(100),
  id: z.string().max(2000),
  text: z.string().max(limits.journeyFileLength.value),
})
/** DELETE /unreadable?place=&id= */
export const unreadableDrop = z.object({ place: z.string().max(100), id: z.string().max(2000) })
