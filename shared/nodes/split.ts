import { z } from 'zod'
import { pickWeighted } from '../stats/hash.ts'
import { say, writtenText } from '../text.ts'
import { defineNode } from './type.ts'

const config = z.strictObject({
  /** Changing it draws the customers anew. */
  salt: z.string().max(100).default(''),
  variants: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most'),
        name: writtenText,
        weight: z.number().min(0).max(100),
      }),
    )
    .min(2)
    .max(20)
    .refine(
      (variants) => new Set(variants.map(({ id }) => id)).size === variants.length,
      'variant ids differ',
    ),
})
type Config = z.infer<typeof config>

/** Rule 10: a pure function of journey, node, customer and salt. */
export const split = defineNode<Config>({
  type: 'split',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '分流实验', en: 'Split' },
  help: {
    'zh-CN': '按比例随机分流，同一位客户每次都走同一路',
    en: 'Divide customers by share; one customer always goes the same way',
  },
  config,
  defaults: () => ({
    salt: '',
    variants: [
      { id: 'a', name: { 'zh-CN': 'A 组', en: 'A' }, weight: 50 },
      { id: 'b', name: { 'zh-CN': 'B 组', en: 'B' }, weight: 50 },
    ],
  }),
  ports: ({ variants }) => variants.map(({ id, name }) => ({ id, name })),
  check: ({ variants }) => {
    const sum = variants.reduce((total, { weight }) => total + weight, 0)
    return Math.abs(sum - 100) < 1e-9
      ? []
      : [{ code: 'weights-not-100', field: 'variants', details: { sum } }]
  },
  describe: ({ variants }, { locale }) =>
    variants.map(({ name, weight }) => `${say(name, locale)} ${weight}%`).join(' · '),
  decide: ({ salt, variants }, { node, journey, enrollment }) => {
    const port = pickWeighted(variants, journey.id, node, enrollment.customerId, salt)
    if (port === null) return { kind: 'left', reason: { code: 'no-weight' } }
    return { kind: 'leave', port, reason: { code: 'drawn', variant: port } }
  },
})
