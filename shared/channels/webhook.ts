import { z } from 'zod'
import { defineChannel } from './definition.ts'
import { allowPrivate, secret } from './fields.ts'
import { nowhere } from './origin.ts'

export const webhook = defineChannel({
  id: 'webhook',
  name: { 'zh-CN': 'Webhook', en: 'Webhook' },
  content: 'json',
  attachments: [],
  address: 'url',
  consent: null,
  receipts: ['delivered', 'failed'],
  priceUnit: 'message',
  priceMilli: 0,
  settings: {
    schema: z.strictObject({ secret, allowPrivate }),
    secrets: { secret: nowhere },
    absent: {
      'zh-CN': 'Webhook 还没有设置：请在设置里填写签名密钥',
      en: 'Webhooks are not set up: enter the signing secret in the settings',
    },
  },
})
