import { z } from 'zod'

export const localText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** A row of a list that cannot be read: it is named, and hides no other. */
export const unreadableRow = z.object({
  id: z.string(),
  reason: localText.describe('Why it cannot be read'),
})
export type UnreadableRow = z.infer<typeof unreadableRow>
