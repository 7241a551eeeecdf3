import {
  type AnswerFrom,
  type Request,
  type RequestKind,
  replyFrom,
  type Unanswered,
} from '../effects/requests/index.ts'
import type { DecideInput, Decision } from './type.ts'

/** What became of a question: the node still waits, or there is a reply for good. */
export type Heard<Kind extends RequestKind> =
  | { readonly waiting: Decision }
  | { readonly waiting: null; readonly reply: AnswerFrom<Kind> | Unanswered }

/** What became of a question that has been put; null where none has been. */
export function heardOf<Kind extends RequestKind>(
  kind: Kind,
  { enrollment: { wait }, facts, now }: DecideInput,
): Heard<Kind> | null {
  const reply = replyFrom(kind, facts.reply)
  if (reply !== null) return { waiting: null, reply }
  if (wait?.cause !== 'reply') return null
  const until = wait.until ?? now
  if (until <= now) return { waiting: null, reply: { ok: false, reason: 'no-reply' } }
  return { waiting: { kind: 'wait', wait, reason: { code: 'waiting', until } } }
}

/** Puts a question, and waits in the node for the reply until a moment at most. */
export function asking(request: Request, until: number): Decision {
  return {
    kind: 'wait',
    wait: { until, event: null, cause: 'reply' },
    effects: [{ kind: 'ask', request }],
    reason: { code: 'asked' },
  }
}

/**
 * Asks somebody outside once, and waits in the node for the reply, at most so many minutes; then there is none,
 * for the reason `no-reply`. Where nobody may be asked (`askModel` is false) the node goes on without this.
 */
export function hear<Kind extends RequestKind>(
  kind: Kind,
  request: Extract<Request, { readonly to: Kind }>,
  minutes: number,
  input: DecideInput,
): Heard<Kind> {
  return heardOf(kind, input) ?? { waiting: asking(request, input.now + minutes * 60_000) }
}
