import type { NodemailerError } from 'nodemailer'
import type { SendResult } from './channel.ts'
import { errorCode, errorText } from './redact.ts'
import { resultOf, unsentVerdict, type Verdict } from './verdicts.ts'

type Failure = Partial<NodemailerError>

/** Whether a reply to the text of a message says that it was taken: a whole reply, and not only its first digit. */
export const isTaken = (reply: string): boolean => /^2\d\d(?:[ -]|$)/.test(reply)

/** The code of a whole reply (RFC 5321, 4.2); null of anything else that a server may say. */
function replyCode({ response }: Failure): number | null {
  const code = /^([2-5]\d\d)(?:[ -]|$)/.exec(response ?? '')?.[1]
  return code === undefined ? null : Number(code)
}

/**
 * What a reply says of a message whose text has been sent, or part of it. Only a refusal in so many words is one: a
 * server that says goodbye (421), has lost the thread (503) or babbles may have taken it.
 */
function afterText(code: number | null): Verdict {
  if (code === null || code < 400 || code === 421 || code === 503) return 'unknown'
  return code < 500 ? 'later' : 'refused'
}

/** Refusals of a recipient that are of the sender: it is not let in, or in ill repute. */
const ofSender =
  /relay|authenticat|not permitted|client host|sender|spamhaus|spamcop|barracuda|block ?list|black ?list|\brbl\b|reputation|5\.7\.(?:2[0-9]|26)\b/i
/** Of the size of this one message, whichever command it is said to. */
const ofSize = /\b5\.3\.4\b|size|too (?:large|big)/i

/** What a reply to an envelope says, in whose commands nothing of a message has been sent. */
function inEnvelope(code: number | null, { command, response = '' }: Failure): Verdict {
  if (code === null) return 'misplaced'
  if (code === 421) return 'busy'
  if (code === 530 || code === 535 || code === 538) return 'login'
  if (command === 'MAIL FROM') {
    if (code < 500) return 'busy'
    return code === 552 || ofSize.test(response) ? 'refused' : 'misplaced'
  }
  if (code < 500) return 'later'
  return ofSender.test(response) ? 'misplaced' : 'refused'
}

/** What a failure says in which no message was spoken of: the connection, the greeting, the login. */
function beforeEnvelope(code: number | null, failure: Failure): Verdict {
  if (failure.code === 'EAUTH') return code !== null && code < 500 ? 'busy' : 'login'
  if (code !== null) return code < 500 ? 'busy' : 'misplaced'
  if (failure.code === 'EDNS' || failure.code === 'ETLS' || failure.code === 'EPROTOCOL') return 'misplaced'
  return unsentVerdict((failure.originalCode ?? failure.code ?? '').toLowerCase())
}

function verdictOf(failure: Failure, begun: boolean): Verdict {
  const code = replyCode(failure)
  // An answer to this very message, in the envelope (EENVELOPE) or after its text (EMESSAGE).
  const answered = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE'
  if (begun) return answered ? afterText(code) : 'unknown'
  if (!answered) return beforeEnvelope(code, failure)
  // Without a reply it is our side that found the address or the size impossible.
  return failure.response === undefined ? 'refused' : inEnvelope(code, failure)
}

/** What became of a message by nodemailer's error; `begun`: whether anything of its text was sent. */
export function smtpResult(error: unknown, begun: boolean, clean: (text: string) => string): SendResult {
  const failure: Failure = error instanceof Error ? error : {}
  const code = replyCode(failure)
  return resultOf(verdictOf(failure, begun), {
    code: code === null ? errorCode(error) : `smtp-${code}`,
    detail: clean(failure.response ?? errorText(error)),
  })
}
