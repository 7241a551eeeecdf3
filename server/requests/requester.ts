import type { Logger } from 'pino'
import {
  type CalledKind,
  isCalled,
  type RequestKind,
  requestTo,
} from '../../shared/effects/requests/index.ts'
import type { AskResult, AskStore, DueAsk, KeptAsk } from '../ports/asks.ts'
import type { Claimant } from '../ports/claims.ts'
import { troubleOf } from '../ports/trouble.ts'
import type { Answered, Answerer, Answerers } from './answerer.ts'

const batchSize = 64
const firstDelayMs = 10_000

export interface RequesterDeps {
  readonly store: Pick<AskStore, 'due' | 'settle'>
  readonly answerers: Answerers
  readonly now: () => number
  readonly by: Claimant
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export interface Requester {
  /** Asks what is due; resolves to how many questions were dealt with when none is left. */
  run(): Promise<number>
  /** Stops the calls under way: they are asked again after the next start. */
  stop(): Promise<void>
}

/** A failure that may pass is tried again within the node's wait; at its end the node goes on without an answer. */
function resultOf<Kind extends CalledKind>(
  ask: Omit<DueAsk, 'request'>,
  { outcome, spent }: Answered<Kind>,
  now: number,
): AskResult {
  if (outcome.ok) return { ask, spent, outcome: { kind: 'reply', reply: outcome.reply } }
  const at = now + firstDelayMs * 2 ** ask.attempts
  if (outcome.retryable && ask.deadline !== null && at < ask.deadline)
    return { ask, spent, outcome: { kind: 'again', at } }
  return { ask, spent, outcome: { kind: 'reply', reply: { ok: false, reason: outcome.reason } } }
}

/** Nobody is asked: nobody waits any more, or there is nobody to ask. */
function withoutCall(ask: Omit<DueAsk, 'request'>, reason: string): AskResult {
  return { ask, spent: null, outcome: { kind: 'reply', reply: { ok: false, reason } } }
}

function dueTo<Kind extends CalledKind>(kind: Kind, due: readonly DueAsk[]): DueAsk<Kind>[] {
  return due.flatMap((ask) => {
    const request = requestTo(kind, ask.request)
    return request === null ? [] : [{ ...ask, request }]
  })
}

/** Carries questions to whom they go and keeps what is answered. Each is put at most once at a time. */
export function createRequester({ store, answerers, now, by, log }: RequesterDeps): Requester {
  const halt = new AbortController()
  let running: Promise<number> | null = null
  /** What was answered and could not be written yet: it has been asked, and paid for, and is not to be asked again. */
  let unwritten: { readonly result: AskResult; readonly at: number }[] = []

  const write = async (): Promise<void> => {
    while (unwritten[0] !== undefined) {
      await store.settle(unwritten[0].result, unwritten[0].at)
      unwritten = unwritten.slice(1)
    }
  }
  const keep = async (result: AskResult): Promise<void> => {
    const at = now()
    try {
      await store.settle(result, at)
    } catch (error) {
      unwritten = [...unwritten, { result, at }]
      if (troubleOf(error) === null) log.error({ error: String(error) }, 'an answer cannot be written yet')
    }
  }

  const askKind = async <Kind extends CalledKind>(kind: Kind, due: readonly DueAsk[]): Promise<void> => {
    const answerer: Answerer<Kind> = answerers[kind]
    const asks = dueTo(kind, due)
    const absent = answerer.absent()
    const waited = asks.filter(({ deadline }) => deadline !== null && absent === null)
    for (const ask of asks)
      if (!waited.includes(ask))
        await store.settle(withoutCall(ask, ask.deadline === null ? 'timeout' : (absent ?? 'timeout')), now())
    await answerer.answer(waited, halt.signal, async (answered, index) => {
      const ask = waited[index]
      if (ask !== undefined) await keep(resultOf(ask, answered, now()))
    })
  }

  /** Each kind by itself: a slow receiver keeps no model waiting. What cannot be read would stay due for ever. */
  const askAll = async (kept: readonly KeptAsk[]): Promise<void> => {
    const readable: DueAsk[] = []
    for (const { request, ...ask } of kept)
      if (request !== null) readable.push({ ...ask, request })
      else {
        const { enrollmentId, node, journeyId } = ask
        log.error({ journey: journeyId, enrollment: enrollmentId, node }, 'a question cannot be read')
        await store.settle(withoutCall(ask, 'garbage'), now())
      }
    const kinds = [...new Set<RequestKind>(readable.map(({ request }) => request.to))].filter(isCalled)
    const done = await Promise.allSettled(kinds.map((kind) => askKind(kind, readable)))
    const failed = done.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  const drain = async (): Promise<number> => {
    for (let total = 0; ; ) {
      await write()
      const asks = halt.signal.aborted ? [] : await store.due(now(), batchSize, by)
      if (asks.length === 0) return total
      await askAll(asks)
      total += asks.length
    }
  }

  return {
    run() {
      running ??= drain()
        .catch((error: unknown) => {
          if (troubleOf(error) === null) log.error({ error: String(error) }, 'asking outside failed')
          return 0
        })
        .finally(() => {
          running = null
        })
      return running
    },
    async stop() {
      halt.abort(new Error('the server is stopping'))
      await running
      await write().catch((error: unknown) =>
        log.error(
          { error: String(error), asks: unwritten.length },
          'answers are lost, and will be asked for again',
        ),
      )
    },
  }
}
