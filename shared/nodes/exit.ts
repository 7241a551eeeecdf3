import { z } from 'zod'
import { defineNode } from './type.ts'

const config = z.strictObject({})

export const exit = defineNode<z.infer<typeof config>>({
  type: 'exit',
  role: 'exit',
  category: 'ending',
  name: { 'zh-CN': '结束', en: 'Exit' },
  help: { 'zh-CN': '客户在这里走完旅程', en: 'The customer has come to the end of the journey' },
  config,
  defaults: () => ({}),
  ports: () => [],
  describe: (_config, { locale }) => (locale === 'en' ? 'The journey ends here' : '旅程到此结束'),
})
