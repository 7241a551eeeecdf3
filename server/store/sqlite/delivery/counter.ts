import { z } from 'zod'
import type { Outcome } from '../../../../shared/api/delivery.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** What has become of a message, to be counted. */
export interface Told {
  readonly channel: string
  readonly outcome: Outcome
  readonly code?: string
  /** The message, where it can serve as an example. */
  readonly id?: number
  /** −1 takes back what was counted before a report said otherwise. */
  readonly by?: 1 | -1
}

export const quarterMs = 15 * 60_000
export const minuteMs = 60_000
/** A day longer than the history that is shown, and some. */
const keptMs = 40 * 86_400_000
const minutesKeptMs = 60 * minuteMs
const examplesKept = 3

const ids = z.array(z.int())
export const examplesIn = (text: string | null): number[] =>
  text === null ? [] : valueOr(readColumn(text, ids), [])

interface Sum {
  readonly channel: string
  readonly outcome: Outcome
  readonly code: string
  count: number
  examples: readonly number[]
}

function summed(told: readonly Told[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const { channel, outcome, code = '', id, by = 1 } of told) {
    const key = `${channel} ${outcome} ${code}`
    const sum = sums.get(key) ?? { channel, outcome, code, count: 0, examples: [] }
    sum.count += by
    if (id !== undefined && by > 0) sum.examples = [id, ...sum.examples].slice(0, examplesKept)
    sums.set(key, sum)
  }
  return [...sums.values()]
}

/** Counts what becomes of messages by channel and time, within the caller's transaction: a row for each kind of answer. */
export function deliveryCounter({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (told: readonly Told[], now: number) => void {
  const kept = sqlite
    .prepare<[number, string, string, string], string | null>(
      'select examples from delivery_counts where since = ? and channel = ? and outcome = ? and code = ?',
    )
    .pluck()
  const add = sqlite.prepare(
    `insert into delivery_counts (since, channel, outcome, code, count, examples)
     values (@since, @channel, @outcome, @code, @count, @examples)
     on conflict do update set count = count + excluded.count, examples = excluded.examples`,
  )
  const addMinute = sqlite.prepare(
    `insert into delivery_minutes (minute, channel, sent) values (?, ?, ?)
     on conflict do update set sent = sent + excluded.sent`,
  )
  const forget = sqlite.prepare('delete from delivery_counts where since < ?')
  const forgetMinutes = sqlite.prepare('delete from delivery_minutes where minute < ?')
  return (told, now) => {
    if (told.length === 0) return
    const since = Math.floor(now / quarterMs) * quarterMs
    for (const { channel, outcome, code, count, examples } of summed(told)) {
      const before = examples.length === 0 ? null : (kept.get(since, channel, outcome, code) ?? null)
      const last = [...examples, ...examplesIn(before)].slice(0, examplesKept)
      const shown = code === '' || last.length === 0 ? null : JSON.stringify(last)
      add.run({ since, channel, outcome, code, count, examples: shown })
      if (outcome === 'sent') addMinute.run(Math.floor(now / minuteMs) * minuteMs, channel, count)
    }
    forget.run(since - keptMs)
    forgetMinutes.run(now - minutesKeptMs)
  }
}
