import { z } from 'zod'
import { limits } from '../limits.ts'
import { defineNode } from './type.ts'

const tagName = z.string().trim().min(1).max(limits.nameLength.value)
const config = z
  .strictObject({ add: z.array(tagName).max(50).default([]), remove: z.array(tagName).max(50).default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    message: 'a tag to add or to remove',
    path: ['add'],
  })
type Config = z.infer<typeof config>

export const tag = defineNode<Config>({
  type: 'tag',
  role: 'step',
  category: 'customer',
  name: { 'zh-CN': '打标签', en: 'Tag' },
  help: { 'zh-CN': '给客户加上或去掉标签', en: 'Add tags to the customer, or remove them' },
  config,
  defaults: () => ({ add: ['新标签'], remove: [] }),
  ports: () => [{ id: 'done', name: { 'zh-CN': '继续', en: 'Done' } }],
  names: ({ add, remove }) => [
    ...add.map((name) => ({ kind: 'tag', field: 'add', name, makes: true }) as const),
    ...remove.map((name) => ({ kind: 'tag', field: 'remove', name }) as const),
  ],
  describe: ({ add, remove }, { locale }) => {
    const glue = locale === 'en' ? ', ' : '、'
    const plus = add.length > 0 ? `${locale === 'en' ? 'Add' : '加上'} ${add.join(glue)}` : ''
    const minus = remove.length > 0 ? `${locale === 'en' ? 'Remove' : '去掉'} ${remove.join(glue)}` : ''
    return [plus, minus].filter(Boolean).join(' · ')
  },
  decide: ({ add, remove }) => ({
    kind: 'leave',
    port: 'done',
    effects: [{ kind: 'tag', add, remove }],
    reason: { code: 'tagged', add, remove },
  }),
})
