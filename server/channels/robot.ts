import { z } from 'zod'
import type { SendResult } from './channel.ts'

/** Group robots count the calls of a minute. */
const minuteMs = 60_000

/** Answers of robots that are busy or were called too often in a minute; anything else but 0 is final. */
const passing: ReadonlySet<number> = new Set([
  -1, // WeCom and DingTalk: the system is busy
  45009, // WeCom: too many calls
  45033, // WeCom: too many calls at the same time
  130101, // DingTalk: more than 20 a minute
  11232, // Feishu: more than its robots may say
])

/** Robots of WeCom and DingTalk say `errcode`, those of Feishu `code`, which elsewhere may well mean success. */
const named = z.looseObject({ errcode: z.int(), errmsg: z.string().optional() })
const feishu = z.looseObject({ code: z.int(), msg: z.string().optional() })
const feishuHosts: ReadonlySet<string> = new Set(['open.feishu.cn', 'open.larksuite.com'])

function said(url: URL, answer: unknown): { code: number; detail: string } | null {
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
  return passing.has(word.code)
    ? { kind: 'retry', code, detail, afterMs: minuteMs }
    : { kind: 'rejected', code, detail }
}
