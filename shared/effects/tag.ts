import { z } from 'zod'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('tag'),
  add: z.array(z.string()).readonly(),
  remove: z.array(z.string()).readonly(),
})

/** Tags put on and taken off; one in both lists stays on. */
export const tag = defineEffect({
  kind: 'tag',
  schema,
  seen: ({ add, remove }, _at, sight) => sight.tagged(add, remove),
  figures: null,
  reported: false,
  told: ['tagged'],
  tells: {},
})
