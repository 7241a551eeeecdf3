import http from 'node:http'
import https from 'node:https'
import { whenStanding } from './connections.ts'
import type { Guard } from './guard.ts'
import { errorCode, errorText } from './redact.ts'

export interface PostRequest {
  url: URL
  /** POST where it is left out; of a GET the body is empty. */
  method?: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | Uint8Array
  /** The most bytes of the answer that are kept; the rest is not read. */
  answerLimit: number
  connectMs: number
  answerMs: number
  signal: AbortSignal
}

/**
 * How a POST ended. `unsent`: no byte of it left, be it that no connection stood or that it was still waiting for
 * one. `lost`: it may have been taken, and we do not have its answer. An error's text is raw; redact it before it
 * goes anywhere.
 */
export type PostOutcome =
  | {
      kind: 'answer'
      status: number
      headers: http.IncomingHttpHeaders
      /** As UTF-8. */
      text: string
      bytes: Uint8Array
      truncated: boolean
    }
  | { kind: 'unsent'; code: string; detail: string }
  | { kind: 'lost'; code: string; detail: string }

/** Posts once, through the guard, following no redirect. Never rejects. */
export function post(guard: Guard, request: PostRequest): Promise<PostOutcome> {
  return new Promise((resolve) => {
    let left = false
    let answered = false
    const lost = (error: unknown) =>
      resolve({ kind: left ? 'lost' : 'unsent', code: errorCode(error), detail: errorText(error) })
    // Once an answer has begun, how it ends is for its reader to say.
    const fail = (error: unknown) => answered || lost(error)
    let outgoing: http.ClientRequest
    try {
      outgoing = open(guard, request)
    } catch (error) {
      fail(error)
      return
    }
    const limit = timeLimits(outgoing, request)
    outgoing.once('socket', (socket) => {
      limit.connecting()
      whenStanding(socket, request.url.protocol === 'https:', () => {
        left = true
        limit.answering()
      })
    })
    outgoing.once('close', () => {
      limit.clear()
      fail(new Error('the connection closed'))
    })
    outgoing.on('error', fail)
    outgoing.on('response', (answer) => {
      answered = true
      const { statusCode: status = 0, headers } = answer
      readAnswer(answer, request.answerLimit, (bytes, end) => {
        // That it was refused stands in the first line; whether it was taken may stand in the last.
        if (end.how === 'broken' && isSuccess(status)) return lost(end.error)
        const text = bytes.toString('utf8')
        resolve({ kind: 'answer', status, headers, text, bytes, truncated: end.how === 'truncated' })
        if (end.how === 'truncated') outgoing.destroy()
      })
    })
    outgoing.end(request.body)
  })
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300

function open(guard: Guard, request: PostRequest): http.ClientRequest {
  const agent = guard.agentFor(request.url)
  const send = request.url.protocol === 'https:' ? https.request : http.request
  return send(request.url, {
    method: request.method ?? 'POST',
    agent,
    signal: request.signal,
    headers: {
      ...(request.method === 'GET'
        ? {}
        : {
            'content-type': 'application/json; charset=utf-8',
            'content-length': String(Buffer.byteLength(request.body)),
          }),
      'user-agent': 'Magpie',
      ...request.headers,
    },
  })
}

/**
 * One limit for connecting, then one for the whole answer: a server that trickles cannot hold us longer. Waiting for
 * one of the connections has none: those who have them are limited themselves.
 */
function timeLimits(outgoing: http.ClientRequest, request: PostRequest) {
  let timer: NodeJS.Timeout | undefined
  const within = (ms: number, what: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => outgoing.destroy(new TimedOut(what)), ms)
  }
  return {
    connecting: () => within(request.connectMs, 'no connection in time'),
    answering: () => within(request.answerMs, 'no answer in time'),
    clear: () => clearTimeout(timer),
  }
}

class TimedOut extends Error {
  override readonly name = 'TimedOut'
  readonly code = 'TIMEOUT'
}

type AnswerEnd = { readonly how: 'whole' | 'truncated' } | { readonly how: 'broken'; readonly error: Error }

function readAnswer(
  answer: http.IncomingMessage,
  limit: number,
  done: (bytes: Buffer, end: AnswerEnd) => void,
) {
  const chunks: Buffer[] = []
  let size = 0
  const bytes = () => Buffer.concat(chunks)
  answer.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, limit - size)
    chunks.push(kept)
    size += kept.length
    if (kept.length < chunk.length) done(bytes(), { how: 'truncated' })
  })
  answer.on('end', () => done(bytes(), { how: 'whole' }))
  answer.on('error', (error) => done(bytes(), { how: 'broken', error }))
}
