import http from 'node:http'
import { apiOf, type WecomApiState } from './wecom-api.ts'
import { qrPicture } from './wecom-ways.ts'

/**
 * WeCom's own server as far as a corp calls it, over HTTP on loopback: the token
 * (https://developer.work.weixin.qq.com/document/path/91039), greetings (92137), broadcasts (92135), their results
 * (93338), reminders and taking back (97610, 97611), customers (92113, 92994), tags (92117, 92118), ways of contact
 * (92228) with their pictures, uploads (90253), staff messages (90236), with the error codes of 90313.
 *
 * What it does with a call beside answering it:
 * - late: takes it and answers after 200 ms. unavailable: 503, taking nothing. error-after: takes it and answers 500.
 * - reset-before, reset-after: breaks the connection without taking it, or after it has.
 * - rate: answers 45009. busy: answers -1. page: 200 with a page for people, taking nothing. echo: repeats what it was
 *   sent in an error, as careless servers do.
 */
export type WecomBehaviour =
  | 'answer'
  | 'late'
  | 'unavailable'
  | 'error-after'
  | 'reset-before'
  | 'reset-after'
  | 'rate'
  | 'busy'
  | 'page'
  | 'echo'

export interface WecomPeer extends WecomApiState {
  readonly url: string
  /** What was called, without the token: the part behind `/cgi-bin/`. */
  readonly calls: readonly { readonly path: string; readonly body: unknown; readonly at: number }[]
  callsOf(path: string): readonly unknown[]
  /** What is done from now on, by the path that is called and its number of all calls (from 1). */
  behave(choose: WecomBehaviour | ((path: string, nth: number) => WecomBehaviour)): void
  /** Whether pictures of codes can be fetched. */
  showPictures(shows: boolean): void
  close(): Promise<void>
}

export interface WecomPeerOptions {
  readonly corpId: string
  readonly secret: string
  readonly agentSecret?: string
  readonly agentId?: string
  readonly now?: () => number
}

const fixed: Partial<Record<WecomBehaviour, string>> = {
  rate: '{"errcode":45009,"errmsg":"api freq out of limit"}',
  busy: '{"errcode":-1,"errmsg":"system busy"}',
  page: '<!doctype html><title>Log in</title>',
}

export async function startWecomPeer(options: WecomPeerOptions): Promise<WecomPeer> {
  const now = options.now ?? Date.now
  let at = ''
  const { state, answer } = apiOf(options, { now, url: () => at })
  const calls: { path: string; body: unknown; at: number }[] = []
  let pictures = true
  let choose: (path: string, nth: number) => WecomBehaviour = () => 'answer'

  const serve = (request: http.IncomingMessage, response: http.ServerResponse, raw: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://peer')
    const path = url.pathname.replace(/^\/cgi-bin\//, '')
    if (path.startsWith('/qr/')) return void picture(path, response)
    const { 'content-type': type = '' } = request.headers
    const text = type.startsWith('multipart/') ? '' : raw.toString('utf8')
    const body: unknown = text === '' ? Object.fromEntries(url.searchParams) : JSON.parse(text)
    calls.push({ path, body, at: now() })
    const doing = choose(path, calls.length)
    const send = (status: number, words: string) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
      response.end(words)
    }
    if (doing === 'reset-before') return void request.socket.destroy()
    if (doing === 'unavailable') return send(503, '')
    if (doing === 'echo')
      return send(200, JSON.stringify({ errcode: 40058, errmsg: `${request.url} ${text}` }))
    const words = fixed[doing]
    if (words !== undefined) return send(200, words)
    const answered = JSON.stringify(answer(path, url.searchParams, { body, raw, type }))
    if (doing === 'reset-after') return void request.socket.destroy()
    if (doing === 'error-after') return send(500, '')
    if (doing === 'late') setTimeout(() => send(200, answered), 200)
    else send(200, answered)
  }

  /** The picture of a code, which is asked for without a token. */
  const picture = async (path: string, response: http.ServerResponse) => {
    const shown = pictures && [...state.ways.values()].some(({ qr }) => qr.endsWith(path))
    response.writeHead(shown ? 200 : 404, { 'content-type': 'image/png' })
    response.end(shown ? await qrPicture(path) : '')
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => response.destroy())
    request.on('end', () => serve(request, response, Buffer.concat(chunks)))
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('not listening on a port'))
      else resolve(address.port)
    })
  })
  at = `http://127.0.0.1:${port}`
  return {
    ...state,
    url: at,
    showPictures(shows) {
      pictures = shows
    },
    calls,
    callsOf: (path) => calls.filter((call) => call.path === path).map(({ body }) => body),
    behave(next) {
      choose = typeof next === 'function' ? next : () => next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
