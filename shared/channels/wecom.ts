import { z } from 'zod'
import { defineChannel } from './definition.ts'
import { allowPrivate, httpUrl, secret } from './fields.ts'
import { httpOrigin, nowhere } from './origin.ts'

/** WeCom's own server. */
export const wecomUrl = 'https://qyapi.weixin.qq.com'

/** How long after somebody has become a friend they can be greeted (ms): page 92137 of WeCom's documents. */
export const welcomeMs = 20_000

/**
 * How a message reaches a friend: at once as the greeting of a new one, or as a broadcast that their employee has to
 * press send for.
 */
export const wecomWays = ['task', 'greeting'] as const

/** In bytes, what WeCom takes of each text: pages 92135 and 92137 of its documents. */
export const wecomBytes = {
  text: { text: 4000 },
  link: { title: 128, description: 512, url: 2048 },
  mini_program: { title: 64 },
} as const

const toWecom = ({ apiUrl }: Readonly<Record<string, unknown>>) => httpOrigin(apiUrl ?? wecomUrl)

export const wecom = defineChannel({
  id: 'wecom',
  name: { 'zh-CN': '企业微信', en: 'WeCom' },
  content: 'chat',
  attachments: ['image', 'link', 'mini_program'],
  mostBytes: wecomBytes,
  address: 'external_userid',
  // Whoever has added us has asked for it; who does not want it takes us away again.
  consent: null,
  receipts: ['delivered', 'failed', 'blocked'],
  priceUnit: 'message',
  priceMilli: 0,
  // A customer gets one broadcast a day, and by that no more in a month than it has days (page 92135).
  perDay: 1,
  ways: { task: null, greeting: null },
  settings: {
    schema: z.strictObject({
      corpId: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9_-]{6,64}$/, 'the id of a corp: letters and digits, such as ww1234567890abcdef'),
      contactSecret: secret,
      callbackToken: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits'),
      callbackAesKey: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{43}$/, '43 letters and digits'),
      agentId: z
        .string()
        .trim()
        .regex(/^\d{1,12}$/, 'the number of an app')
        .optional(),
      agentSecret: secret.optional(),
      /** Whoever a customer adds looks after them, where nobody does yet. */
      friendIsOwner: z.boolean().default(true),
      /** Another than WeCom's own, such as a relay with an address that WeCom trusts. */
      apiUrl: httpUrl.default(wecomUrl),
      allowPrivate,
    }),
    secrets: {
      contactSecret: toWecom,
      callbackToken: nowhere,
      callbackAesKey: nowhere,
      agentSecret: toWecom,
    },
    absent: {
      'zh-CN': '企业微信还没有设置：请在设置里填写企业 ID、客户联系的 Secret 和回调的 Token',
      en: 'WeCom is not set up: enter the corp id, the secret of customer contact and the callback’s token in the settings',
    },
  },
})
