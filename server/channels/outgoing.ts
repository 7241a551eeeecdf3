import { Agent, fetch as fetchBy } from 'undici'
import { limits } from '../../shared/limits.ts'
import type { Guard } from './guard.ts'

/** What libraries that ask by `fetch` are given in its place. */
export interface Outgoing {
  /** As the global one, but through the guard, following no redirect, within bounds. Rejects as that does. */
  readonly fetch: typeof fetch
  close(): Promise<void>
}

export interface OutgoingBounds {
  /** The most bytes of an answer, as they are after unpacking: `limits.modelAnswerSize` unless given. */
  answerBytes?: number
  /** All that one request may take, its answer included: `limits.modelAnswerTime` unless given. */
  totalMs?: number
}

/** The answer leads elsewhere: to somebody whom nobody has chosen. */
export class Redirected extends Error {
  override readonly name = 'Redirected'
  readonly code = 'REDIRECTED'
}

/** The answer was not read to its end. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong'
  readonly code = 'ANSWER_TOO_LONG'
}

/** A fetch by which nobody is reached whom the guard forbids: names are looked up by it, for the very connection. */
export function createOutgoing(guard: Guard, bounds: OutgoingBounds = {}): Outgoing {
  const { answerBytes = limits.modelAnswerSize.value, totalMs = limits.modelAnswerTime.value * 1000 } = bounds
  const dispatcher = new Agent({
    connect: { lookup: guard.lookup },
    headersTimeout: totalMs,
    bodyTimeout: totalMs,
  })
  const guarded = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input)
    // An address typed as such is looked up by nobody.
    guard.agentFor(url)
    const late = AbortSignal.timeout(totalMs)
    const signal = init?.signal ? AbortSignal.any([init.signal, late]) : late
    const given = { ...init, signal, dispatcher, redirect: 'manual' }
    // Undici's own types of requests and answers are the global ones by another name.
    const answer = await fetchBy(url, given as Parameters<typeof fetchBy>[1])
    const body = answer.body as ReadableStream<Uint8Array<ArrayBuffer>> | null
    const { status, statusText } = answer
    if (status >= 300 && status < 400 && status !== 304) {
      await body?.cancel()
      throw new Redirected(`the answer ${status} leads elsewhere`)
    }
    const read = body?.pipeThrough(atMost(answerBytes)) ?? null
    return new Response(read, { status, statusText, headers: [...answer.headers] })
  }
  return {
    fetch: guarded,
    close: () => dispatcher.close(),
  }
}

/** Counts what is read, which is what unpacking has made of it, and breaks off where it is too much. */
function atMost(bytes: number) {
  let size = 0
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, out) {
      size += chunk.byteLength
      if (size > bytes) throw new AnswerTooLong(`more than ${bytes} bytes`)
      out.enqueue(chunk)
    },
  })
}
