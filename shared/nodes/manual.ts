import { z } from 'zod'
import { defineNode } from './type.ts'

const config = z.strictObject({})

/** Entry kind "the API, a file or a hand-picked list" (rule 1). */
export const manual = defineNode<z.infer<typeof config>>({
  type: 'manual',
  role: 'trigger',
  category: 'entry',
  name: { 'zh-CN': '手动名单', en: 'Manual list' },
  help: {
    'zh-CN': '由你挑选的名单或接口把客户送进来',
    en: 'Customers enter from a list you pick or through the API',
  },
  config,
  defaults: () => ({}),
  ports: () => [{ id: 'entered', name: { 'zh-CN': '进入', en: 'Entered' } }],
  entrance: () => ({ kind: 'manual' }),
  describe: (_config, { locale }) =>
    locale === 'en' ? 'Customers are added by hand or by the API' : '由名单或接口加入',
})
