import type { SendResult } from '../channels/channel.ts'
import type { ClaimedMessage, Settlement } from '../ports/dispatch.ts'
import { doubt, isInDoubt } from '../ports/doubt.ts'

/** Attempts at one message before it is given up: with the waits between them about ten hours. */
const maxAttempts = 14
const firstDelayMs = 15_000
const longestDelayMs = 2 * 3_600_000

/** How long to wait after so many attempts: doubled each time, never less than the provider asked for. */
function delayAfter(attempts: number, afterMs: number | null): number {
  const doubled = Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs)
  return Math.max(doubled, afterMs ?? 0)
}

/** Refusals by which a mail server says that there is no such mailbox (RFC 3463: 5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10). */
const noMailbox = /\b5\.1\.(?:[1236]|10)\b|user unknown|no such (?:user|mailbox)|unknown (?:user|mailbox)/i

/** What a refusal says of the address itself; undefined where it may be of this message alone. */
function closingOf({
  code,
  detail,
}: {
  readonly code: string
  readonly detail: string
}): Settlement['closes'] {
  if (code === 'invalid-address') return 'invalid'
  return /^smtp-55[0134]$/.test(code) && noMailbox.test(detail) ? 'hard_bounce' : undefined
}

/** What is heard of an endpoint by what it answers to one message. */
const heard = {
  accepted: 'answered',
  rejected: 'answered',
  retry: 'answered',
  endpoint: 'fault',
  unknown: 'silent',
} as const satisfies Record<SendResult['kind'], 'answered' | 'silent' | 'fault'>

export const hasAnswered = ({ kind }: SendResult): boolean => heard[kind] === 'answered'

/** A fault of an endpoint that has taken or refused others at the same time is one of the message after all. */
function ofMessage(result: SendResult, works: boolean): SendResult {
  if (result.kind !== 'endpoint' || !works) return result
  const { code, detail, afterMs, inDoubt } = result
  return inDoubt ? { kind: 'unknown', code, detail } : { kind: 'retry', code, detail, afterMs }
}

/**
 * Rule 14: what becomes of a message by a channel's answer. A lost answer is tried again with the same key
 * only where the channel is idempotent; a message in doubt is called failed only if its provider says so.
 * `works`: its endpoint has answered others of the batch.
 */
export function settlementOf(
  message: ClaimedMessage,
  told: SendResult,
  channel: { readonly idempotent: boolean },
  { now, works }: { readonly now: number; readonly works: boolean },
): Settlement {
  const result = ofMessage(told, works)
  const settled = (status: Settlement['status'], rest: Partial<Settlement> = {}): Settlement => ({
    message,
    status,
    dueAt: null,
    providerId: null,
    error: null,
    endpoint: result.kind === 'unknown' ? 'silent' : 'answered',
    ...rest,
  })
  if (result.kind === 'accepted') return settled('sent', { providerId: result.providerId })
  const doubtful = result.kind === 'unknown' || (result.kind === 'endpoint' && result.inDoubt)
  const inDoubt = doubtful || isInDoubt(message.error)
  const error = `${inDoubt ? doubt : ''}${result.code}: ${result.detail}`.slice(0, 500)
  if (result.kind === 'rejected') {
    const closes = closingOf(result)
    return settled('failed', closes === undefined ? { error } : { error, closes })
  }
  if (result.kind === 'endpoint') {
    const { mend, code, detail, afterMs } = result
    const endpoint = { mend, code, detail, afterMs }
    // What may have been taken is not handed over again where no key tells it from a second one.
    return settled(doubtful && !channel.idempotent ? 'unknown' : 'queued', { error, endpoint })
  }
  const mayRepeat = result.kind === 'retry' || channel.idempotent
  if (!mayRepeat || message.attempts >= maxAttempts) return settled(inDoubt ? 'unknown' : 'failed', { error })
  const afterMs = result.kind === 'retry' ? result.afterMs : null
  return settled('queued', { dueAt: now + delayAfter(message.attempts, afterMs), error })
}
