import { createHash } from 'node:crypto'
import { z } from 'zod'
import { checkSigned, fieldsOf, opened, refuse, type WecomCallback } from '../wecom/callback.ts'

/** What WeChat's callbacks are opened with; without a key they come in plain text. */
export interface WechatKeys {
  readonly appId: string
  readonly callbackToken: string
  readonly callbackAesKey?: string | undefined
}

/** What stands behind the address that is called. */
export interface WechatQuery {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  /** Over what is sealed, where it is. */
  readonly msg_signature?: string | undefined
}

export interface WechatRequest {
  readonly keys: WechatKeys
  readonly query: WechatQuery
  readonly now: number
}

/** Shows that WeChat asks. Problems `signature-invalid`, `signature-expired`. */
export function checkVisit({ keys, query, now }: WechatRequest): void {
  const { signature, timestamp, nonce } = query
  checkSigned(signature, { token: keys.callbackToken, timestamp, nonce, sealed: '' }, now)
}

const told = z.object({
  CreateTime: z.string().regex(/^\d{9,11}$/),
  FromUserName: z.string().min(1).max(128),
  MsgType: z.string().min(1).max(100),
  Event: z.string().max(100).default(''),
  MsgId: z.string().max(100).optional(),
})

/**
 * The text of what is told. Where the account has a key, only what is sealed is believed: beside it WeChat may say the
 * same open, which nothing signs.
 */
function textOf(request: WechatRequest, body: string): string {
  const { keys, query, now } = request
  const { appId, callbackToken, callbackAesKey } = keys
  if (callbackAesKey === undefined) {
    checkVisit(request)
    return body
  }
  const sealed = fieldsOf(body).Encrypt
  if (sealed === undefined) throw refuse('nothing is sealed in it, though the account has an EncodingAESKey')
  const { msg_signature = '', timestamp, nonce } = query
  return opened(
    {
      keys: { corpId: appId, callbackToken, callbackAesKey },
      query: { msg_signature, timestamp, nonce },
      now,
    },
    sealed,
  )
}

/**
 * Reads what WeChat posts: of a message its `MsgId`, of an event whose and when it is, says whether it was told before.
 * Problems `signature-invalid`, `signature-expired`, `invalid-request`.
 */
export function readWechat(request: WechatRequest, body: string): WecomCallback {
  const fields = fieldsOf(textOf(request, body))
  const read = told.safeParse(fields)
  if (!read.success) throw refuse('neither a time nor whose it is')
  const { CreateTime: seconds, FromUserName: openid, MsgType: type, Event: event, MsgId: id } = read.data
  const isEvent = type === 'event'
  const what = isEvent
    ? [openid, seconds, event, fields.EventKey ?? '', fields.MsgID ?? '']
    : [openid, id ?? seconds]
  return {
    key: createHash('sha256')
      .update(JSON.stringify([type, ...what]))
      .digest('hex'),
    at: Number(seconds) * 1000,
    event: isEvent ? event.toLowerCase() : 'message',
    change: isEvent ? '' : type,
    fields,
  }
}
