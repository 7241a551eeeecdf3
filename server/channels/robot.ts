import { z } from 'zod'
import type { SendResult } from './channel.ts'
import { resultOf, type Verdict } from './verdicts.ts'

/** Group robots count the calls of a minute. */
const minuteMs = 60_000

/** What robots answer that is not of the one message; anything else but 0 is a refusal of it. */
const verdicts: Readonly<Record<number, Verdict>> = {
  [-1]: 'busy', // WeCom and DingTalk: the system is busy
  45009: 'busy', // WeCom: too many calls
  45033: 'busy', // WeCom: too many calls at the same time
  130101: 'busy', // DingTalk: more than 20 a minute
  11232: 'busy', // Feishu: more than its robots may say
  9499: 'busy', // Feishu: too many requests
  93000: 'misplaced', // WeCom: no robot has this address
  93004: 'misplaced', // WeCom: the robot was put out of use
  93008: 'misplaced', // WeCom: the robot is in no group any more
  300001: 'misplaced', // DingTalk: the token is none
  400101: 'misplaced', // DingTalk: the token does not exist
  400102: 'misplaced', // DingTalk: the robot was put out of use
  19001: 'misplaced', // Feishu: no robot has this address
  19021: 'login', // Feishu: the signature does not fit
  19022: 'login', // Feishu: calls from our address are not allowed
}

/** DingTalk has one code for a word that is missing and for a signature or an address that does not fit. */
const dingtalkSecurity = 310000

function verdictOn({ code, detail }: Word): Verdict {
  if (code === dingtalkSecurity && /sign|timestamp|token|white\s?list|\bip\b/i.test(detail)) return 'login'
  return verdicts[code] ?? 'refused'
}

interface Word {
  readonly code: number
  readonly detail: string
}

/** Robots of WeCom and DingTalk say `errcode`, those of Feishu `code`, which elsewhere may well mean success. */
const named = z.looseObject({ errcode: z.int(), errmsg: z.string().optional() })
const feishu = z.looseObject({ code: z.int(), msg: z.string().optional() })
const feishuHosts: ReadonlySet<string> = new Set(['open.feishu.cn', 'open.larksuite.com'])

function said(url: URL, answer: unknown): Word | null {
  const one = named.safeParse(answer)
  if (one.success) return { code: one.data.errcode, detail: one.data.errmsg ?? '' }
  if (!feishuHosts.has(url.hostname)) return null
  const other = feishu.safeParse(answer)
  return other.success ? { code: other.data.code, detail: other.data.msg ?? '' } : null
}

/** Why a group robot refused a message that it answered with 200; null where it took it, or is no robot. */
export function robotRefusal(url: URL, answer: unknown, clean: (text: string) => string): SendResult | null {
  const word = said(url, answer)
  if (word === null || word.code === 0) return null
  const code = `robot-${word.code}`
  const detail = clean(word.detail) || `the robot answered ${word.code}`
  const verdict = verdictOn(word)
  return resultOf(verdict, { code, detail, afterMs: verdict === 'busy' ? minuteMs : null })
}
