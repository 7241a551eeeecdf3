import type { Gathered, WecomBook } from '../../../ports/wecom.ts'
import type { BrandDatabase } from '../database.ts'
import { mediaKeeper } from './media.ts'

interface CodeRow {
  code: string
  at: number
  usedBy: string | null
}

/** Codes for greetings, and messages that wait to become part of a broadcast. */
export function wecomBook(db: BrandDatabase): WecomBook {
  const { sqlite } = db
  // One that this very message was tried with comes first: it is not to take another's.
  const find = sqlite.prepare<{ friend: string; key: string }, CodeRow>(
    `select code, at, used_by as usedBy from wecom_codes
     where external_user_id = @friend and (used_by is null or used_by = @key)
     order by used_by is null, at desc limit 1`,
  )
  const use = sqlite.prepare('update wecom_codes set used_by = ? where code = ?')
  const gather = sqlite.prepare<Gathered & { now: number }>(
    `insert or ignore into wecom_recipients (message_id, customer_id, external_user_id, hash, gathered_at)
     values (@messageId, @customerId, @externalUserId, @hash, @now)`,
  )
  const codeFor = sqlite.transaction((friend: string, key: string) => {
    const row = find.get({ friend, key })
    if (row === undefined) return null
    if (row.usedBy === null) use.run(key, row.code)
    return { code: row.code, at: row.at, again: row.usedBy !== null }
  })
  const gatherAll = sqlite.transaction((messages: readonly Gathered[], now: number) => {
    for (const message of messages) gather.run({ ...message, now })
  })
  return {
    ...mediaKeeper(db),
    codeFor: (friend, key) => db.steady.run(async () => codeFor.immediate(friend, key)),
    gather: (messages, now) => db.steady.run(async () => gatherAll.immediate(messages, now)),
  }
}
