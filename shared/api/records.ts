import { z } from 'zod'
import { localText } from './unreadable.ts'

/** What of a row could not be read; the rest of it was taken. */
export const recordFault = z.object({
  field: z.string(),
  value: z.string(),
  code: z.string(),
  message: localText,
})
export type RecordFault = z.infer<typeof recordFault>

const recordStatuses = ['created', 'updated', 'unchanged', 'refused'] as const

/** What became of one row. */
export const recordResult = z.object({
  line: z.int().describe('Its line in a stream, its place in a list; counted from 1'),
  id: z.string().nullable().describe('Under which it is kept; of what is refused, what it says of itself'),
  status: z
    .enum(recordStatuses)
    .describe('unchanged: it says what is known already, as when the same is sent again'),
  code: z.string().optional().describe('Why it is refused; of an event that was taken, why it is noted'),
  place: z.string().optional().describe('The field that it is refused for'),
  message: localText.optional(),
  mend: localText.optional(),
  faults: z.array(recordFault).optional().describe('What of it could not be read and was left out'),
})
export type RecordResult = z.infer<typeof recordResult>

export const recordCounts = z.object({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
})
export type RecordCounts = z.infer<typeof recordCounts>

/**
 * Of a list: each row by itself, in its order. Of a stream each result is a line (application/x-ndjson), and the last
 * line holds the counts as `summary`.
 */
export const recordsAnswer = recordCounts.extend({ results: z.array(recordResult) })
export type RecordsAnswer = z.infer<typeof recordsAnswer>

export function countRecords(results: readonly Pick<RecordResult, 'status'>[]): RecordCounts {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 }
  for (const { status } of results) counts[status] += 1
  return counts
}
