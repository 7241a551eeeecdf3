import { z } from 'zod'
import { defineChannel } from './definition.ts'
import { allowPrivate, httpUrl, secret } from './fields.ts'
import { httpOrigin } from './origin.ts'

export const sms = defineChannel({
  id: 'sms',
  name: { 'zh-CN': '短信', en: 'SMS' },
  content: 'sms',
  attachments: [],
  address: 'phone',
  consent: 'sms',
  receipts: ['delivered', 'failed', 'clicked', 'replied', 'blocked', 'complained', 'unsubscribed'],
  priceUnit: 'part',
  priceMilli: 45,
  settings: {
    schema: z.strictObject({
      url: httpUrl,
      /** The brand's registered signature, without its brackets. */
      signature: z.string().trim().min(1).max(40).optional(),
      secret,
      allowPrivate,
    }),
    secrets: { secret: ({ url }) => httpOrigin(url) },
    absent: {
      'zh-CN': '短信还没有设置：请在设置里填写网关地址和密钥',
      en: 'SMS is not set up: enter the gateway’s address and secret in the settings',
    },
  },
})
