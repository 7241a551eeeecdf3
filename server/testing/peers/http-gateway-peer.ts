import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { idempotencyHeader, signatureHeaders, verifySignature } from '../../channels/signature.ts'

/**
 * What the gateway does with a request whose signature is right:
 * - accept: takes it and answers with its own id; `plain` answers 200 with a word that is no JSON, `deep` with JSON of
 *   lists within lists.
 * - provider-error: answers 200 with an error; provider-retry likewise, to be tried again.
 * - robot-refusal, robot-busy: answers 200 as a group robot does that takes no message, or none just now.
 * - bad-request, unauthorized, conflict, error, unavailable, too-many: 400, 401, 409, 500, 503, 429.
 * - moved, redirect, redirect-kept, moved-kept: 301, 302, 307, 308 to `/elsewhere`. not-found, forbidden: 404, 403.
 * - page: answers 200 with a page for people, as proxies and log-ins do, taking nothing.
 * - huge: takes it and answers with a megabyte. late: takes it and answers after 150 ms.
 * - continue-first: says `100 Continue` unasked, takes it and answers. early-refusal: answers 413 before it has read.
 * - half-answer: takes it and breaks off in the middle of its answer. half-refusal: so with 400, not taking it.
 * - stale: takes it, answers, and breaks the connection which it said it would keep, as the next request comes.
 * - hang: reads it and never answers. hang-after: takes it and never answers.
 * - reset-before: breaks the connection without taking it. reset-after: takes it, then breaks the connection.
 * - rst-after: takes it, then sends a RST.
 */
export type GatewayBehaviour =
  | 'accept'
  | 'plain'
  | 'deep'
  | 'provider-error'
  | 'provider-retry'
  | 'robot-refusal'
  | 'robot-busy'
  | 'bad-request'
  | 'unauthorized'
  | 'conflict'
  | 'error'
  | 'unavailable'
  | 'too-many'
  | 'moved'
  | 'redirect'
  | 'redirect-kept'
  | 'moved-kept'
  | 'not-found'
  | 'forbidden'
  | 'page'
  | 'huge'
  | 'late'
  | 'continue-first'
  | 'early-refusal'
  | 'half-answer'
  | 'half-refusal'
  | 'stale'
  | 'hang'
  | 'hang-after'
  | 'reset-before'
  | 'reset-after'
  | 'rst-after'

/** A message that was taken: once per key, however often it came. */
export interface TakenMessage {
  key: string
  providerId: string
  body: unknown
  /** Requests with this key that found it taken already. */
  repeats: number
  webhookId: string
}

export interface GatewayPeer {
  url: string
  port: number
  readonly received: ReadonlyMap<string, TakenMessage>
  /** Requests of any kind. */
  readonly requests: number
  /** Requests refused for their signature, with the reason. */
  readonly unsigned: readonly string[]
  /** Keys that came a second time with another body: two messages under one key. */
  readonly clashes: readonly string[]
  /** Sets what is done from now on, by name or by a choice for the n-th request (from 1). */
  behave(
    next: GatewayBehaviour | ((nth: number) => GatewayBehaviour),
    options?: { retryAfter?: string },
  ): void
  close(): Promise<void>
}

export interface GatewayOptions {
  secret: string
  /** The gateway's clock, in epoch milliseconds. */
  now?: () => number
  /** What the gateway repeats in every answer that is an error, as careless ones repeat a request. */
  echo?: string
  /** Notices of Standard Webhooks have no key but their id. */
  notices?: boolean
  /** Speaks TLS with this certificate. */
  tls?: { key: string; cert: string }
}

interface Answer {
  status: number
  body: string
  headers?: http.OutgoingHttpHeaders
}

/** A real HTTP provider on loopback and a port of its own, for text messages and for webhooks. */
export async function startHttpGatewayPeer(options: GatewayOptions): Promise<GatewayPeer> {
  const now = options.now ?? Date.now
  const received = new Map<string, TakenMessage>()
  const unsigned: string[] = []
  const clashes: string[] = []
  let behaviour: GatewayBehaviour | ((nth: number) => GatewayBehaviour) = 'accept'
  let retryAfter: string | undefined
  let requests = 0
  const stale = new WeakSet<Socket>()

  const takeOnce = (key: string, webhookId: string, text: string): TakenMessage => {
    const known = received.get(key)
    if (known === undefined) {
      const taken = {
        key,
        providerId: `gw-${received.size + 1}`,
        body: JSON.parse(text),
        repeats: 0,
        webhookId,
      }
      received.set(key, taken)
      return taken
    }
    known.repeats += 1
    if (JSON.stringify(known.body) !== text) clashes.push(key)
    return known
  }

  const answer = (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    text: string,
    nth: number,
  ) => {
    const key = request.headers[options.notices ? signatureHeaders.id : idempotencyHeader]
    const verdict = verifySignature(options.secret, request.headers, text, now())
    if (!verdict.ok || typeof key !== 'string') {
      unsigned.push(verdict.ok ? 'no key' : verdict.reason)
      respond(response, { status: 401, body: JSON.stringify({ error: { code: 'signature' } }) })
      return
    }
    const doing = typeof behaviour === 'function' ? behaviour(nth) : behaviour
    const failure = failures[doing]
    if (failure !== undefined) {
      const wait = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
      const body = failure.body.replace('$echo', options.echo ?? '')
      respond(response, { ...failure, body, headers: { ...failure.headers, ...wait } })
      return
    }
    if (doing === 'hang') return
    if (doing === 'reset-before') return void request.socket.destroy()
    if (doing === 'half-refusal') return halfOf(request.socket, 'HTTP/1.1 400 Bad Request')
    if (doing === 'continue-first') response.writeContinue()
    const taken = takeOnce(key, String(request.headers[signatureHeaders.id]), text)
    if (doing === 'hang-after') return
    if (doing === 'reset-after') return void request.socket.destroy()
    if (doing === 'rst-after') return void request.socket.resetAndDestroy()
    if (doing === 'half-answer') return halfOf(request.socket, 'HTTP/1.1 200 OK')
    const success = () => respond(response, { status: 200, body: successBody(doing, taken.providerId) })
    if (doing === 'late') setTimeout(success, 150)
    else success()
    // Whatever comes next over this connection finds it closed.
    if (doing === 'stale') stale.add(request.socket)
  }

  const listener: http.RequestListener = (request, response) => {
    requests += 1
    const nth = requests
    if (stale.has(request.socket)) return void request.socket.destroy()
    if (behaviour === 'early-refusal') {
      response.writeHead(413, { connection: 'close' })
      return void response.end()
    }
    // A client killed in mid-sentence leaves half a body: nothing was asked, nothing is answered.
    bodyOf(request).then(
      (text) => answer(request, response, text, nth),
      () => response.destroy(),
    )
  }
  const { tls } = options
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener)
  // A client that will not have our certificate goes away in the middle of its first words.
  server.on('tlsClientError', () => undefined)
  const port = await listen(server)
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/messages`,
    port,
    received,
    unsigned,
    clashes,
    get requests() {
      return requests
    },
    behave(next, { retryAfter: seconds } = {}) {
      behaviour = next
      retryAfter = seconds
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const failures: Partial<Record<GatewayBehaviour, Answer>> = {
  'provider-error': {
    status: 200,
    body: '{"error":{"code":"blocked-number","detail":"the number is blocked $echo"}}',
  },
  'provider-retry': {
    status: 200,
    body: '{"error":{"code":"queue-full","detail":"later $echo","retry":true}}',
  },
  'robot-refusal': { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url $echo"}' },
  'robot-busy': { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' },
  'bad-request': { status: 400, body: 'not understood $echo' },
  unauthorized: { status: 401, body: 'who are you $echo' },
  conflict: { status: 409, body: 'still at it $echo' },
  error: { status: 500, body: 'broken $echo' },
  unavailable: { status: 503, body: 'closed for now $echo' },
  'too-many': { status: 429, body: 'slower $echo' },
  moved: { status: 301, body: '', headers: { location: '/elsewhere' } },
  redirect: { status: 302, body: '', headers: { location: '/elsewhere' } },
  'redirect-kept': { status: 307, body: '', headers: { location: '/elsewhere' } },
  'moved-kept': { status: 308, body: '', headers: { location: '/elsewhere' } },
  'not-found': { status: 404, body: 'no such page $echo' },
  forbidden: { status: 403, body: 'not you $echo' },
  page: {
    status: 200,
    body: '<!doctype html><title>Log in</title>',
    headers: { 'content-type': 'text/html' },
  },
}

function successBody(doing: GatewayBehaviour, providerId: string): string {
  if (doing === 'plain') return 'ok'
  if (doing === 'deep') return '['.repeat(30_000) + ']'.repeat(30_000)
  if (doing === 'huge') return 'x'.repeat(1024 * 1024)
  return JSON.stringify({ id: providerId })
}

/** The first half of an answer, and no more. */
function halfOf(socket: Socket, firstLine: string): void {
  socket.end(`${firstLine}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"id":"gw`)
}

function respond(response: http.ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(answer.body)
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function listen(server: http.Server | https.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('not listening on a port'))
      else resolve(address.port)
    })
  })
}
