import http from 'node:http'
import https from 'node:https'
import type { Guard } from './guard.ts'
import { errorCode, errorText } from './redact.ts'

export interface PostRequest {
  url: URL
  headers: Record<string, string>
  body: string
  /** The most bytes of the answer that are kept; the rest is not read. */
  answerLimit: number
  connectMs: number
  answerMs: number
  signal: AbortSignal
}

/**
 * How a POST ended. `unsent`: no connection stood, so the other side has seen nothing. `lost`: it may have
 * the request, and we do not have its answer. An error's text is raw; redact it before it goes anywhere.
 */
export type PostOutcome =
  | { kind: 'answer'; status: number; headers: http.IncomingHttpHeaders; text: string; truncated: boolean }
  | { kind: 'unsent'; code: string; detail: string }
  | { kind: 'lost'; code: string; detail: string }

/** Posts once, through the guard, following no redirect. Never rejects. */
export function post(guard: Guard, request: PostRequest): Promise<PostOutcome> {
  return new Promise((resolve) => {
    let connected = false
    const fail = (error: unknown) =>
      resolve({ kind: connected ? 'lost' : 'unsent', code: errorCode(error), detail: errorText(error) })
    let outgoing: http.ClientRequest
    try {
      outgoing = open(guard, request)
    } catch (error) {
      fail(error)
      return
    }
    const limit = armTimeouts(outgoing, request)
    outgoing.on('socket', (socket) => {
      const stands = () => {
        connected = true
        limit.connected()
      }
      // A socket kept from an earlier request stands already; TLS counts once its handshake is done.
      if (outgoing.reusedSocket) stands()
      else socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', stands)
    })
    outgoing.once('close', limit.clear)
    outgoing.on('error', fail)
    outgoing.on('response', (answer) => {
      readAnswer(answer, request.answerLimit, (text, truncated) => {
        resolve({ kind: 'answer', status: answer.statusCode ?? 0, headers: answer.headers, text, truncated })
        if (truncated) outgoing.destroy()
      })
      answer.on('error', fail)
      answer.on('aborted', () => fail(new Error('the answer broke off')))
    })
    outgoing.end(request.body)
  })
}

function open(guard: Guard, request: PostRequest): http.ClientRequest {
  const agent = guard.agentFor(request.url)
  const send = request.url.protocol === 'https:' ? https.request : http.request
  return send(request.url, {
    method: 'POST',
    agent,
    signal: request.signal,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(request.body)),
      'user-agent': 'Magpie',
      ...request.headers,
    },
  })
}

/** One limit for connecting, then one for the whole answer: a server that trickles cannot hold us longer. */
function armTimeouts(outgoing: http.ClientRequest, request: PostRequest) {
  const end = (what: string) => outgoing.destroy(new TimedOut(what))
  let timer = setTimeout(end, request.connectMs, 'no connection in time')
  return {
    connected() {
      clearTimeout(timer)
      timer = setTimeout(end, request.answerMs, 'no answer in time')
    },
    clear: () => clearTimeout(timer),
  }
}

class TimedOut extends Error {
  override readonly name = 'TimedOut'
  readonly code = 'TIMEOUT'
}

function readAnswer(
  answer: http.IncomingMessage,
  limit: number,
  done: (text: string, truncated: boolean) => void,
) {
  const chunks: Buffer[] = []
  let size = 0
  answer.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, limit - size)
    chunks.push(kept)
    size += kept.length
    if (kept.length < chunk.length) done(text(), true)
  })
  answer.on('end', () => done(text(), false))
  const text = () => Buffer.concat(chunks).toString('utf8')
}
