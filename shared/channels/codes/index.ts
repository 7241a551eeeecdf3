import { type ChannelId, isChannelId } from '../index.ts'
import { type CodeTable, type CodeWords, namesOf } from './code.ts'
import { httpCodes } from './http.ts'
import { ownCodes } from './own.ts'
import { robotCodes } from './robots.ts'
import { smsCodes } from './sms.ts'
import { smtpCodes } from './smtp.ts'
import { wechatCodes } from './wechat.ts'
import { wecomCodes } from './wecom.ts'

export { type CodeTable, type CodeWords, codeOf, noCode } from './code.ts'

/** Whose codes a channel's failures bear, the closest first; our own are asked last, and of each channel. */
const tables: Readonly<Record<ChannelId, readonly CodeTable[]>> = {
  sms: [smsCodes, httpCodes],
  email: [smtpCodes],
  in_app: [],
  wecom: [wecomCodes],
  wechat: [wechatCodes],
  webhook: [robotCodes, httpCodes],
}

/** What a code of a channel's failure means and how it is mended; null of one that nobody has put into words. */
export function sayCode(channel: string, code: string): CodeWords | null {
  const known: readonly CodeTable[] = [...(isChannelId(channel) ? tables[channel] : []), ownCodes]
  for (const name of namesOf(code))
    for (const table of known) if (Object.hasOwn(table, name)) return table[name] ?? null
  return null
}
