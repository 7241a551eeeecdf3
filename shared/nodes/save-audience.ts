import { z } from 'zod'
import { say, writtenText } from '../text.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  /** The audience's stable key. */
  audience: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most'),
  name: writtenText,
})
type Config = z.infer<typeof config>

export const saveAudience = defineNode<Config>({
  type: 'save_audience',
  role: 'step',
  category: 'customer',
  name: { 'zh-CN': '沉淀人群', en: 'Save to audience' },
  help: {
    'zh-CN': '把走到这里的客户存进一个人群包，下次直接用',
    en: 'Keep the customers who get here as an audience for another time',
  },
  config,
  defaults: () => ({ audience: 'saved-audience', name: { 'zh-CN': '新人群包', en: 'Saved audience' } }),
  fills: ({ audience, name }) => [{ audience, name }],
  ports: () => [{ id: 'done', name: { 'zh-CN': '继续', en: 'Done' } }],
  describe: ({ name }, { locale }) =>
    locale === 'en' ? `Save to “${say(name, locale)}”` : `沉淀为「${say(name, locale)}」`,
  decide: ({ audience, name }) => ({
    kind: 'leave',
    port: 'done',
    effects: [{ kind: 'join', audience, name }],
    reason: { code: 'saved', audience },
  }),
})
