import { z } from 'zod'
import { writtenText } from '../text.ts'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({ kind: z.literal('join'), audience: z.string(), name: writtenText })

/** Into a saved audience, which is made if it is not there. */
export const join = defineEffect({
  kind: 'join',
  schema,
  seen: ({ audience }, _at, sight) => sight.joined(audience),
  figures: null,
  reported: true,
  told: ['saved'],
  tells: {},
})
