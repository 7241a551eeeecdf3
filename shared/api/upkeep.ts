import { z } from 'zod'
import { choreNames } from '../chores.ts'
import { localText } from './unreadable.ts'

/** What came of one chore of a night. */
export const choreDone = z.object({
  chore: z.enum(choreNames),
  state: z.enum(['done', 'failed']),
  ms: z.int().describe('How long it took'),
  count: z.int().nullable().describe('How many were removed; null where there is nothing to count'),
  problem: localText.nullable().describe('Why it failed, or what it found'),
})
export type ChoreDone = z.infer<typeof choreDone>

/** One night of the installation or of a brand; times are epoch milliseconds. */
export const night = z.object({
  startedAt: z.int(),
  endedAt: z.int(),
  why: z
    .enum(['planned', 'made-up', 'asked'])
    .describe('At its hour; later, as its hour was missed; or because somebody asked for it'),
  chores: z.array(choreDone),
})
export type Night = z.infer<typeof night>

/** GET /upkeep: what is done for the data each night, and how the last one went. */
export const upkeepAnswer = z.object({
  at: z.string().nullable().describe('HH:MM in `zone`; null: never by itself'),
  zone: z.string(),
  nextAt: z.int().nullable(),
  running: z.boolean(),
  makeUpHours: z.int().describe('A night that was missed is made up within so many hours of its hour'),
  places: z.array(
    z.object({
      brand: z.string().nullable().describe('null: the installation itself'),
      last: night.nullable(),
    }),
  ),
})
export type UpkeepAnswer = z.infer<typeof upkeepAnswer>
