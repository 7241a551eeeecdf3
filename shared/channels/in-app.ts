import { attachmentKinds } from './attachments.ts'
import { defineChannel } from './definition.ts'

export const inApp = defineChannel({
  id: 'in_app',
  name: { 'zh-CN': '站内信', en: 'In-app' },
  content: 'text',
  attachments: attachmentKinds,
  address: 'customer',
  consent: null,
  receipts: ['delivered', 'opened', 'clicked', 'replied'],
  priceUnit: 'message',
  priceMilli: 0,
  settings: null,
})
