import { z } from 'zod'
import { pointEvents } from '../points/events.ts'
import { defineEffect } from './definition.ts'

const schema = z.strictObject({
  kind: z.literal('points'),
  /** Above zero: given; below: taken. */
  amount: z.int(),
  reason: z.string(),
  /** When what is left of them is lost; null: never. */
  expiresAt: z.number().nullable(),
  /** When the ledger looks at them next. */
  dueAt: z.number().nullable(),
})

/** That a node gave or took points, as the event by which it is known. */
export function pointedOf(
  { amount, reason }: z.infer<typeof schema>,
  { journeyId, node, at }: { readonly journeyId: string; readonly node: string; readonly at: number },
) {
  const told = { points: Math.abs(amount), change: amount, ...(reason === '' ? {} : { reason }) }
  return {
    ...{ id: `${journeyId}:${node}:${at}`, name: amount > 0 ? pointEvents.earned : pointEvents.spent, at },
    ...{ amount: null, properties: { ...told, journey_id: journeyId, node } },
  }
}

/** Points given or taken; a line of the ledger, known by the enrollment, the node and the visit. */
export const points = defineEffect({
  kind: 'points',
  schema,
  seen: ({ amount }, _at, sight) => sight.pointed(amount),
  figures: ({ amount }) => [[amount > 0 ? 'points:given' : 'points:taken', Math.abs(amount)]],
  reported: false,
  told: [],
  tells: {
    'points-given': {
      words: { 'zh-CN': '发了 {points} 积分', en: 'Given {points} points' },
      tone: 'good',
    },
    'points-taken': {
      words: { 'zh-CN': '扣了 {points} 积分', en: 'Took {points} points' },
      tone: 'plain',
    },
    'points-insufficient': {
      words: {
        'zh-CN': '没有扣积分：只有 {balance}，不够 {points}',
        en: 'No points taken: has {balance}, and {points} are needed',
      },
      tone: 'held',
    },
  },
})
