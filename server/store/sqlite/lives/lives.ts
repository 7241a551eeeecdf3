import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { BrandDatabase } from '../database.ts'
import { readMeta, writeMeta } from '../settings/meta.ts'
import { writeMarker } from './marker.ts'

/**
 * A name for what this process makes in a database, part of the idempotency keys of its messages: another life of
 * the same data, before a restore or beside a copy, makes others under the same numbers.
 */
export const newLife = (): string => randomBytes(8).toString('hex')

/** Under which keys of `meta` the data knows its own story. */
export const livesKeys = { beats: 'life:beats', backup: 'life:backup', restored: 'life:restored' } as const

const beats = z.object({ count: z.int(), at: z.int() })
export type Beats = z.infer<typeof beats>

/** How often messages were handed over from this data, and when last; null: never since it is counted. */
export const readBeats = (db: BrandDatabase): Beats | null =>
  beats.nullish().parse(readMeta(db, livesKeys.beats)) ?? null

/** Counts a handing over. */
export interface Heart {
  /** Within the transaction that claims the messages. */
  beat(now: number): Beats
  /** Before any of them is handed over. */
  mark(beats: Beats): void
}

/** For a database that nobody else is to know of. */
export const unmarked: Heart = { beat: (at) => ({ count: 0, at }), mark: () => undefined }

/** `failed` is told where the count cannot be written beside the data; the messages leave all the same. */
export function heartOf(db: BrandDatabase, failed: (error: unknown) => void): Heart {
  return {
    beat(at) {
      // Whatever else hands over from this data counts along, and what is rolled back has not counted.
      const count = (readBeats(db)?.count ?? 0) + 1
      writeMeta(db, livesKeys.beats, { count, at } satisfies Beats)
      return { count, at }
    },
    mark(told) {
      if (db.path === ':memory:') return
      try {
        writeMarker(db.path, told.count, told.at)
      } catch (error) {
        failed(error)
      }
    },
  }
}
