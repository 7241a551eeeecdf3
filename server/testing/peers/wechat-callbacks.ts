import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { xmlOf } from './wecom-callbacks.ts'

/**
 * What WeChat posts to the address of an official account: sealed and signed as
 * https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html says,
 * of what is told in https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html and
 * Receiving_standard_messages.html. Written from these, apart from what reads it.
 */
export interface WechatAccount {
  readonly appId: string
  readonly token: string
  /** 43 letters and digits; null: the account is called in plain text. */
  readonly aesKey: string | null
}

/** What may be wrong with it. */
export interface WechatFlaw {
  /** Signed with another token. */
  readonly forged?: boolean
  /** Sealed for this account. */
  readonly account?: string
  /** Sealed, but said open beside it, as in the compatible mode. */
  readonly compatible?: boolean
  /** Its time in seconds; now unless given. */
  readonly timestamp?: number
}

const sha1 = (...words: readonly string[]): string =>
  createHash('sha1')
    .update([...words].sort().join(''))
    .digest('hex')

function sealed(aesKey: string, text: string, appId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const message = Buffer.from(text)
  const head = Buffer.alloc(20)
  randomBytes(16).copy(head)
  head.writeUInt32BE(message.length, 16)
  const plain = Buffer.concat([head, message, Buffer.from(appId)])
  const missing = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  cipher.setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(missing, missing)])),
    cipher.final(),
  ]).toString('base64')
}

function visit(account: WechatAccount, now: number, flaw: WechatFlaw, text = '') {
  const timestamp = String(flaw.timestamp ?? Math.floor(now / 1000))
  const nonce = randomBytes(5).toString('hex')
  const token = flaw.forged === true ? 'somebody-else' : account.token
  return {
    ...{ timestamp, nonce, signature: sha1(token, timestamp, nonce) },
    ...(text === '' ? {} : { encrypt_type: 'aes', msg_signature: sha1(token, timestamp, nonce, text) }),
  }
}

/** The visit by which WeChat looks whether an address is the account's: a GET that has to answer `text`. */
export const wechatEcho = (
  account: WechatAccount,
  text: string,
  now: number,
  flaw: WechatFlaw = {},
): string => new URLSearchParams({ ...visit(account, now, flaw), echostr: text }).toString()

/** Something that has happened, as it is posted. */
export function wechatCall(
  account: WechatAccount,
  fields: Readonly<Record<string, string | number>> | string,
  now: number,
  flaw: WechatFlaw = {},
): { readonly query: string; readonly body: string } {
  const own = { ToUserName: 'gh_0123456789ab', CreateTime: Math.floor(now / 1000) }
  const text = typeof fields === 'string' ? fields : xmlOf({ ...own, ...fields })
  const { aesKey } = account
  if (aesKey === null) return { query: new URLSearchParams(visit(account, now, flaw)).toString(), body: text }
  const encrypted = sealed(aesKey, text, flaw.account ?? account.appId)
  const open = flaw.compatible === true ? text.replace(/^<xml>|<\/xml>$/g, '') : ''
  return {
    query: new URLSearchParams(visit(account, now, flaw, encrypted)).toString(),
    body: `<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>${open}<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  }
}

const event = (openid: string, name: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ FromUserName: openid, MsgType: 'event', Event: name },
  ...more,
})

/** What people do with an official account. */
export const wechatDoes = {
  follows: (openid: string, scene: string | null = null) =>
    event(openid, 'subscribe', {
      EventKey: scene === null ? '' : `qrscene_${scene}`,
      ...(scene === null ? {} : { Ticket: 'TICKET' }),
    }),
  leaves: (openid: string) => event(openid, 'unsubscribe', { EventKey: '' }),
  scans: (openid: string, scene: string) => event(openid, 'SCAN', { EventKey: scene, Ticket: 'TICKET' }),
  presses: (openid: string, key: string) => event(openid, 'CLICK', { EventKey: key }),
  opens: (openid: string, url: string) => event(openid, 'VIEW', { EventKey: url, MenuId: '1' }),
  says: (openid: string, text: string, id: string) => ({
    ...{ FromUserName: openid, MsgType: 'text', Content: text, MsgId: id },
  }),
}
