import type { Verdict } from '../verdicts.ts'

/**
 * What WeChat answers beside 0, as far as it is not of the one message; anything else is a refusal of it. The codes are
 * those of https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
 */
const verdicts: Readonly<Record<number, Verdict>> = {
  [-1]: 'later', // the system is busy
  40001: 'login', // the secret does not fit, or the token is none
  40013: 'login', // no such AppID
  40014: 'login', // the token is none
  40125: 'login', // the secret does not fit
  40164: 'misplaced', // our address is not among those that the account trusts
  41001: 'login',
  41002: 'login',
  41004: 'login',
  42001: 'login', // the token has run out
  45009: 'busy', // the calls of the day are used up
  45011: 'busy', // too many calls in a minute
  48001: 'login', // the function is not allowed to this account
  48004: 'login', // the function was taken away
  50002: 'login', // the account is limited
  61004: 'misplaced', // our address is not among those that the account trusts
}

export const wechatVerdict = (errcode: number): Verdict => verdicts[errcode] ?? 'refused'

/** Calls are counted by the minute, and taken again after one. */
export const busyMs = 60_000

/** By which a token says that another is needed; of a wrong secret asking again says so. */
const stale: ReadonlySet<number> = new Set([40001, 40014, 42001])
export const isStaleToken = (errcode: number): boolean => stale.has(errcode)

/** What an answer of customer service is refused by; told apart, as each has another cause. */
export const talkErrors = {
  /** They have done nothing lately that lets us answer. */
  closed: 45015,
  /** What they did lets us send no more. */
  used: 45047,
  /** They do not follow the account. */
  stranger: 43004,
} as const
