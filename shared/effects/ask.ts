import { z } from 'zod'
import { defineEffect } from './definition.ts'
import { requestSchema } from './requests/index.ts'

const schema = z.strictObject({ kind: z.literal('ask'), request: requestSchema })

/** A question to somebody outside. Only the node that asked waits for the reply. */
export const ask = defineEffect({
  kind: 'ask',
  schema,
  seen: null,
  figures: null,
  reported: false,
  told: [
    'sent',
    'suppressed',
    'called',
    'not-called',
    'call-failed',
    'decided',
    'not-decided',
    'not-asked',
    'task-done',
    'task-overdue',
  ],
  tells: {},
})
