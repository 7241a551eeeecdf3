import { z } from 'zod'
import type { ToldCallback } from '../../../ports/wecom.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

const told = z.object({
  event: z.string(),
  change: z.string(),
  fields: z.record(z.string(), z.string()),
})

interface Row {
  key: string
  body: string
  at: number
}

/** How long a key is remembered by which a repetition is known: a week (ms). */
const rememberedMs = 7 * 86_400_000

/** What WeCom or WeChat has told and is to be done. */
export function callbackKeeper(
  { sqlite }: BrandDatabase,
  table: 'wecom_callbacks' | 'wechat_callbacks' = 'wecom_callbacks',
) {
  const put = sqlite.prepare(
    `insert or ignore into ${table} (key, body, at, due_at) values (@key, @body, @at, @dueAt)`,
  )
  const due = sqlite.prepare<[number, number], Row>(
    `select key, body, at from ${table} where due_at is not null and due_at <= ? order by at, rowid limit ?`,
  )
  const done = sqlite.prepare(`update ${table} set body = '', due_at = null, error = null where key = ?`)
  const failed = sqlite.prepare(
    `update ${table} set attempts = attempts + 1, due_at = @dueAt, error = @error,
       body = iif(@dueAt is null, '', body) where key = @key`,
  )
  const forget = sqlite.prepare(`delete from ${table} where due_at is null and at < ?`)
  return {
    keep({ key, at, ...body }: ToldCallback, realNow: number): boolean {
      return put.run({ key, at, body: JSON.stringify(body), dueAt: realNow }).changes > 0
    },
    due(realNow: number, limit: number): ToldCallback[] {
      return due.all(realNow, limit).flatMap(({ key, at, body }) => {
        const read = readColumn(body, told)
        if (read.readable) return [{ key, at, ...read.value }]
        failed.run({ key, dueAt: null, error: read.reason.en })
        return []
      })
    },
    done(keys: readonly string[]): void {
      for (const key of keys) done.run(key)
    },
    failed: (key: string, error: string, dueAt: number | null): void =>
      void failed.run({ key, error: error.slice(0, 300), dueAt }),
    forget: (now: number): void => void forget.run(now - rememberedMs),
  }
}
