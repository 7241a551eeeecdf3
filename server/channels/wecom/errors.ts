import type { Verdict } from '../verdicts.ts'

/**
 * What WeCom answers beside 0, as far as it is not of the one message; anything else is a refusal of it. The codes are
 * those of https://developer.work.weixin.qq.com/document/path/90313.
 */
const verdicts: Readonly<Record<number, Verdict>> = {
  [-1]: 'later', // the system is busy
  6000: 'later', // somebody else is changing the same
  40001: 'login', // the secret does not fit
  40013: 'login', // no such corp
  40014: 'login', // the token is none
  40056: 'login', // no such app
  40091: 'login', // the secret is of another corp
  41001: 'login',
  41002: 'login',
  41004: 'login',
  41063: 'later', // the broadcast is still being handed out
  42001: 'login', // the token has run out
  45009: 'busy', // too many calls
  45031: 'login', // the secret has to be made anew
  45033: 'busy', // too many calls at the same time
  48001: 'login', // the function is not allowed to this app
  48002: 'login', // the call is not allowed to this app
  48004: 'login',
  48006: 'login', // the right was taken back, as the app was not used
  50001: 'misplaced',
  50003: 'misplaced', // the app is switched off
  60020: 'misplaced', // our address is not among those that the app trusts
}

export const wecomVerdict = (errcode: number): Verdict => verdicts[errcode] ?? 'refused'

/** Calls are counted by the minute, and taken again after one. */
export const busyMs = 60_000

/** By which a token says that another is needed; of a wrong secret asking again says so. */
const stale: ReadonlySet<number> = new Set([40001, 40014, 42001])
export const isStaleToken = (errcode: number): boolean => stale.has(errcode)

/** What a greeting is refused by; told apart, as each has another cause. */
export const greetingErrors = {
  /** More than 20 seconds after the friend was added, or no code at all. */
  expired: 41050,
  /** Another app has greeted them already, or they have begun to talk. */
  started: 41051,
  /** The same code is being used already. */
  underWay: 41096,
} as const
