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

/**
 * Rule 14: what becomes of a message by a channel's answer. A lost answer is tried again with the same key
 * only where the channel is idempotent; a message in doubt is called failed only if its provider says so.
 */
export function settlementOf(
  message: ClaimedMessage,
  result: SendResult,
  channel: { readonly idempotent: boolean },
  now: number,
): Settlement {
  const settled = (status: Settlement['status'], rest: Partial<Settlement> = {}): Settlement => ({
    message,
    status,
    dueAt: null,
    providerId: null,
    error: null,
    ...rest,
  })
  if (result.kind === 'accepted') return settled('sent', { providerId: result.providerId })
  const inDoubt = result.kind === 'unknown' || isInDoubt(message.error)
  const error = `${inDoubt ? doubt : ''}${result.code}: ${result.detail}`.slice(0, 500)
  if (result.kind === 'rejected') return settled('failed', { error })
  const mayRepeat = result.kind === 'retry' || channel.idempotent
  if (!mayRepeat || message.attempts >= maxAttempts) return settled(inDoubt ? 'unknown' : 'failed', { error })
  const afterMs = result.kind === 'retry' ? result.afterMs : null
  return settled('queued', { dueAt: now + delayAfter(message.attempts, afterMs), error })
}
