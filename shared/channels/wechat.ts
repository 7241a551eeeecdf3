import { z } from 'zod'
import { defineChannel } from './definition.ts'
import { allowPrivate, httpUrl, secret } from './fields.ts'
import { httpOrigin, nowhere } from './origin.ts'

/** WeChat's own server. */
export const wechatUrl = 'https://api.weixin.qq.com'

const toWechat = ({ endpoint }: Readonly<Record<string, unknown>>) => httpOrigin(endpoint ?? wechatUrl)

/**
 * How a message reaches a follower: as an answer of customer service, as long as WeChat lets us answer. One channel has
 * all ways of an official account, as they share the account, its keys and the address: who leaves it, leaves all.
 */
export const wechatWays = ['talk'] as const

/** What of a follower lets us answer: that they wrote to us, or that they followed, scanned a code or pressed a menu. */
export const talkKinds = ['said', 'acted'] as const
export type TalkKind = (typeof talkKinds)[number]

/**
 * How many answers each lets us give, and for how long (ms): the rules of WeChat since June 2023, in
 * https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html
 */
export const talkRoom = {
  said: { messages: 5, ms: 48 * 3_600_000 },
  acted: { messages: 3, ms: 60_000 },
} as const satisfies Record<TalkKind, { readonly messages: number; readonly ms: number }>

/** The longest text of an answer, in bytes. */
export const talkBytes = 2048

export const wechat = defineChannel({
  id: 'wechat',
  name: { 'zh-CN': '公众号', en: 'WeChat' },
  content: 'chat',
  attachments: ['link'],
  mostBytes: { text: { text: talkBytes } },
  address: 'openid',
  // Whoever follows us has asked for it; who does not want it follows us no more.
  consent: null,
  receipts: ['failed', 'blocked', 'replied'],
  priceUnit: 'message',
  priceMilli: 0,
  ways: { talk: 'window' },
  // Each call of WeChat's says one thing.
  alone: true,
  settings: {
    schema: z.strictObject({
      appId: z
        .string()
        .trim()
        .regex(/^wx[A-Za-z0-9]{6,62}$/, 'the AppID of an account: wx and letters and digits'),
      appSecret: secret,
      callbackToken: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits'),
      /** Without one WeChat calls in plain text, which is signed but for what it says. */
      callbackAesKey: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{43}$/, '43 letters and digits')
        .optional(),
      /** Another than WeChat's own, such as a relay with an address that WeChat trusts. */
      endpoint: httpUrl.optional(),
      allowPrivate,
    }),
    secrets: { appSecret: toWechat, callbackToken: nowhere, callbackAesKey: nowhere },
    absent: {
      'zh-CN': '公众号还没有设置：请在设置里填写 AppID、AppSecret 和服务器配置的 Token',
      en: 'The WeChat account is not set up: enter AppID, AppSecret and the token of its server in the settings',
    },
  },
})
