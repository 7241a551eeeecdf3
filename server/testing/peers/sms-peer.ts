import http from 'node:http'
import type { Socket } from 'node:net'

/** What a peer answers a request with. */
export interface PeerAnswer {
  readonly status: number
  readonly body: object | string
}

/** What goes wrong around a sending: before it was taken, or after. */
export type SmsBehaviour =
  | 'ok'
  | 'late'
  | 'hang-after'
  | 'reset-before'
  | 'reset-after'
  | 'error-after'
  | 'unavailable'
  | 'page'
  | { readonly code: string; readonly message?: string }

export interface HttpPeer {
  readonly url: string
  close(): Promise<void>
}

/** An HTTP server on loopback that hands each whole request to `answer`. */
export async function startHttpPeer(
  answer: (request: http.IncomingMessage, body: string, response: http.ServerResponse) => void,
): Promise<HttpPeer> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response))
    request.on('error', () => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function respond(response: http.ServerResponse, { status, body }: PeerAnswer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' })
  response.end(text)
}

export interface Delivering {
  readonly socket: Socket
  readonly response: http.ServerResponse
  /** Takes the message; answers what the sender is told. */
  readonly take: () => PeerAnswer
  readonly refuse: (code: string, message: string) => PeerAnswer
}

/** Does what was asked of the peer around one sending. */
export function behave(doing: SmsBehaviour, { socket, response, take, refuse }: Delivering): void {
  if (typeof doing === 'object')
    return void respond(response, refuse(doing.code, doing.message ?? doing.code))
  if (doing === 'reset-before') return void socket.destroy()
  if (doing === 'unavailable') return void respond(response, { status: 503, body: 'closed for now' })
  if (doing === 'page')
    return void respond(response, { status: 200, body: '<!doctype html><title>Log in</title>' })
  const answer = take()
  if (doing === 'hang-after') return
  if (doing === 'reset-after') return void socket.destroy()
  if (doing === 'error-after') return void respond(response, { status: 500, body: 'broken' })
  if (doing === 'late') setTimeout(() => respond(response, answer), 150)
  else respond(response, answer)
}
