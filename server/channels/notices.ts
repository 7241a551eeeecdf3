import { Webhook } from 'standardwebhooks'
import { limits } from '../../shared/limits.ts'
import { retryAfter } from './answers.ts'
import { createGuard } from './guard.ts'
import type { ChannelDeps } from './index.ts'
import { isSuccess, type PostOutcome, post } from './post.ts'
import { redact } from './redact.ts'
import { signatureHeaders } from './signature.ts'

/** A notice as it is posted: by Standard Webhooks, signed with each secret that holds. */
export interface NoticePost {
  readonly url: string
  readonly allowPrivate: boolean
  readonly id: string
  readonly body: string
  readonly secrets: readonly string[]
}

export interface NoticeAnswer {
  /** null: there was no answer. */
  readonly status: number | null
  readonly taken: boolean
  /** Why there was no answer, in a word. */
  readonly error: string | null
  /** The beginning of the answer. */
  readonly answer: string | null
  readonly afterMs: number | null
}

export interface NoticePoster {
  /** Never rejects. */
  post(notice: NoticePost, signal: AbortSignal): Promise<NoticeAnswer>
  /** Lets go of connections. */
  close(): void
}

export type NoticeReach = Partial<Pick<ChannelDeps, 'allowHosts' | 'resolve' | 'timeouts'>>

const timeoutsOf = ({ timeouts }: NoticeReach) =>
  timeouts ?? {
    connectMs: limits.webhookConnect.value * 1000,
    answerMs: limits.webhookAnswer.value * 1000,
  }

function answerOf(outcome: PostOutcome, secrets: readonly string[], now: number): NoticeAnswer {
  const clean = (text: string) => redact(text, secrets)
  if (outcome.kind !== 'answer') {
    const error = `${outcome.code}: ${clean(outcome.detail)}`
    return { status: null, taken: false, error, answer: null, afterMs: null }
  }
  const { status, headers, text } = outcome
  return {
    status,
    taken: isSuccess(status),
    error: null,
    answer: clean(text),
    afterMs: isSuccess(status) ? null : retryAfter(headers, now),
  }
}

/** Posts notices through the guard; `now` is real time. */
export function createNoticePoster(reach: NoticeReach, now: () => number): NoticePoster {
  const { timeouts: _timeouts, ...names } = reach
  const guards = {
    open: createGuard({ allowPrivate: true, ...names }),
    closed: createGuard({ allowPrivate: false, ...names }),
  }
  return {
    async post({ url, allowPrivate, id, body, secrets }, signal) {
      const at = now()
      const signatures = secrets.map((secret) => new Webhook(secret).sign(id, new Date(at), body))
      const outcome = await post(allowPrivate ? guards.open : guards.closed, {
        url: new URL(url),
        body,
        headers: {
          [signatureHeaders.id]: id,
          [signatureHeaders.timestamp]: String(Math.floor(at / 1000)),
          [signatureHeaders.signature]: signatures.join(' '),
        },
        answerLimit: limits.webhookAnswerKept.value,
        ...timeoutsOf(reach),
        signal,
      })
      return answerOf(outcome, secrets, now())
    },
    close() {
      guards.open.close()
      guards.closed.close()
    },
  }
}
