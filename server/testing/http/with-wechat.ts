import { type TestClock, testClock } from '../clock.ts'
import { type WechatFlaw, wechatCall, wechatDoes } from '../peers/wechat-callbacks.ts'
import { startWechatPeer, type WechatPeer } from '../peers/wechat-peer.ts'
import { type Answered, openTestApp, startAt, type TestApp } from './harness.ts'

export const account = {
  appId: 'wx0123456789abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const secret = 'secret-of-the-account'

/** A server in real time, whose official account is the peer's. */
export interface WithWechat {
  readonly clock: TestClock
  readonly peer: WechatPeer
  readonly server: TestApp
  /** All that is due is done, and what goes on beside it. */
  settled(): Promise<void>
  /** WeChat calls, and what came of it is done. */
  tell(fields: Parameters<typeof wechatCall>[1], flaw?: WechatFlaw): Promise<Answered<unknown>>
  /** Somebody follows by a code with a scene. */
  follow(openid: string, scene?: string | null, unionid?: string): Promise<Answered<unknown>>
  /** Somebody writes. */
  say(openid: string, text: string): Promise<Answered<unknown>>
  close(): Promise<void>
}

export async function openWithWechat({ sealed = true } = {}): Promise<WithWechat> {
  const clock = testClock(startAt)
  const peer = await startWechatPeer({ appId: account.appId, secret, now: clock.now })
  const server = await openTestApp({ mode: 'live', clock })
  const fields = {
    ...{ appId: account.appId, appSecret: secret, callbackToken: account.token },
    ...(sealed ? { callbackAesKey: account.aesKey } : {}),
    ...{ endpoint: peer.url, allowPrivate: true },
  }
  const saved = await server.ask('PUT', '/settings/channels/wechat', fields)
  if (saved.status !== 200) throw new Error(`the settings are refused: ${saved.text}`)
  let said = 0

  const settled = async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await server.own.stir()
      await server.own.settle()
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  const tell: WithWechat['tell'] = async (told, flaw = {}) => {
    const given = { ...account, aesKey: sealed ? account.aesKey : null }
    const { query, body } = wechatCall(given, told, clock.now(), flaw)
    const answer = await server.ask('POST', `/hooks/own/wechat?${query}`, body, {
      'content-type': 'text/xml',
    })
    await settled()
    return answer
  }
  return {
    ...{ clock, peer, server, settled, tell },
    follow: (openid, scene = null, unionid) => {
      peer.follow(openid, unionid)
      peer.allow(openid, 3, clock.now() + 60_000)
      return tell(wechatDoes.follows(openid, scene))
    },
    say: (openid, text) => {
      said += 1
      peer.allow(openid, 5, clock.now() + 48 * 3_600_000)
      return tell(wechatDoes.says(openid, text, `2300000000000${said}`))
    },
    close: async () => {
      await server.close()
      await peer.close()
    },
  }
}
