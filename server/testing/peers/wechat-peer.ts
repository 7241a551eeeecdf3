import http from 'node:http'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'

/**
 * WeChat's own server as far as an official account calls it, over HTTP on loopback: the stable token
 * (https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/getStableAccessToken.html), who a follower is
 * (…/User_Management/Get_users_basic_information_UnionID.html), how many there are, and answers of customer service
 * (…/Message_Management/Service_Center_messages.html) with the room that each doing of a follower gives, and the error
 * codes of …/Getting_Started/Global_Return_Code.html.
 */
export type WechatBehaviour =
  | 'answer'
  | 'unavailable'
  | 'error-after'
  | 'reset-after'
  | 'busy'
  | 'rate'
  | 'page'

export interface WechatPeer {
  readonly url: string
  /** What was called, without the token: the part behind `/cgi-bin/`. */
  readonly calls: readonly { readonly path: string; readonly body: unknown }[]
  callsOf(path: string): readonly unknown[]
  /** What followers have read. */
  readonly read: readonly { readonly openid: string; readonly said: Readonly<Record<string, unknown>> }[]
  /** Somebody follows, and may be known across accounts. */
  follow(openid: string, unionid?: string): void
  leave(openid: string): void
  /** What a follower did: they may be answered so often, until then. */
  allow(openid: string, messages: number, until: number): void
  /** The token in force is none any more, as when somebody else has asked for a new one. */
  expire(): void
  behave(choose: WechatBehaviour | ((path: string, nth: number) => WechatBehaviour)): void
  close(): Promise<void>
}

export interface WechatPeerOptions {
  readonly appId: string
  readonly secret: string
  readonly now: () => number
}

interface Follower {
  readonly unionid: string | undefined
  follows: boolean
  left: number
  until: number
}

const fixed: Partial<Record<WechatBehaviour, string>> = {
  busy: '{"errcode":-1,"errmsg":"system error"}',
  rate: '{"errcode":45009,"errmsg":"reach max api daily quota limit"}',
  page: '<!doctype html><title>Log in</title>',
}

type Body = Readonly<Record<string, unknown>>
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null

export async function startWechatPeer(options: WechatPeerOptions): Promise<WechatPeer> {
  const { appId, secret, now } = options
  const followers = new Map<string, Follower>()
  const calls: { path: string; body: unknown }[] = []
  const read: { openid: string; said: Body }[] = []
  let choose: (path: string, nth: number) => WechatBehaviour = () => 'answer'
  let made = 0
  let token = { text: '', until: 0 }
  let expired = false

  const giveToken = ({ appid, secret: given, force_refresh: force }: Body): PeerAnswer | Body => {
    if (appid !== appId) return fault(40013, 'invalid appid')
    if (given !== secret) return fault(40125, 'invalid appsecret')
    if (force === true || expired || token.until <= now()) {
      made += 1
      token = { text: `token-${appId}-${made}`, until: now() + 7_200_000 }
      expired = false
    }
    return { access_token: token.text, expires_in: Math.floor((token.until - now()) / 1000) }
  }

  const talk = ({ touser, ...said }: Body): PeerAnswer => {
    const openid = String(touser)
    const follower = followers.get(openid)
    if (follower === undefined) return fault(40003, 'invalid openid')
    if (!follower.follows) return fault(43004, 'require subscribe')
    if (follower.until <= now()) return fault(45015, 'response out of time limit or subscription is canceled')
    if (follower.left <= 0) return fault(45047, 'out of response count limit')
    if (Buffer.byteLength(JSON.stringify(said)) > 4096) return fault(45002, 'content size out of limit')
    follower.left -= 1
    read.push({ openid, said })
    return fine()
  }

  const answers: Readonly<Record<string, (body: Body, query: URLSearchParams) => PeerAnswer | Body>> = {
    'user/get': () => ({ total: [...followers.values()].filter(({ follows }) => follows).length, count: 0 }),
    'user/info': (_body, query) => {
      const openid = query.get('openid') ?? ''
      const follower = followers.get(openid)
      if (follower === undefined) return fault(40003, 'invalid openid')
      const { follows, unionid } = follower
      return { subscribe: follows ? 1 : 0, openid, ...(unionid === undefined ? {} : { unionid }) }
    },
    'message/custom/send': talk,
  }

  const answer = (path: string, query: URLSearchParams, body: Body): PeerAnswer | Body => {
    if (path === 'stable_token') return giveToken(body)
    const given = query.get('access_token')
    if (given !== token.text) return fault(40001, 'invalid credential, access_token is invalid or not latest')
    if (expired) return fault(40001, 'invalid credential, access_token is invalid or not latest')
    if (token.until <= now()) return fault(42001, 'access_token expired')
    return answers[path]?.(body, query) ?? fault(40066, 'invalid url')
  }

  const serve = (request: http.IncomingMessage, response: http.ServerResponse, text: string) => {
    const url = new URL(request.url ?? '/', 'http://peer')
    const path = url.pathname.replace(/^\/cgi-bin\//, '')
    const body: unknown = text === '' ? {} : JSON.parse(text)
    calls.push({ path, body })
    const doing = choose(path, calls.length)
    const send = (status: number, words: string) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      response.end(words)
    }
    if (doing === 'unavailable') return send(503, '')
    const words = fixed[doing]
    if (words !== undefined) return send(200, words)
    const answered = JSON.stringify(answer(path, url.searchParams, isBody(body) ? body : {}))
    if (doing === 'reset-after') return void request.socket.destroy()
    return doing === 'error-after' ? send(500, '') : send(200, answered)
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => response.destroy())
    request.on('end', () => serve(request, response, Buffer.concat(chunks).toString('utf8')))
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('not listening on a port'))
      else resolve(address.port)
    })
  })
  return {
    ...{ url: `http://127.0.0.1:${port}`, calls, read },
    callsOf: (path) => calls.filter((call) => call.path === path).map(({ body }) => body),
    follow: (openid, unionid) => void followers.set(openid, { unionid, follows: true, left: 0, until: 0 }),
    leave(openid) {
      const follower = followers.get(openid)
      if (follower !== undefined) follower.follows = false
    },
    allow(openid, left, until) {
      const follower = followers.get(openid)
      if (follower !== undefined) Object.assign(follower, { left, until })
    },
    expire() {
      expired = true
    },
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
