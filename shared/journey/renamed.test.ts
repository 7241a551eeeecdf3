import { expect, test } from 'vitest'
import { journeySchema } from './graph.ts'
import { renamed } from './renamed.ts'

const sent = (journey: unknown, event = '$message_sent') => ({
  ...{ kind: 'events', event, where: [{ property: 'journey_id', op: 'eq', value: journey }], op: 'gte' },
  ...{ value: 1, window: { kind: 'ever' } },
})
const text = (en: string) => ({ en })
const drawn = (asked: readonly object[], more: Record<string, unknown> = {}) =>
  journeySchema.parse({
    ...{ format: 1, id: 'qixi', name: text('Qixi') },
    nodes: {
      in: { type: 'from_journey', name: text('In'), config: { journey: 'qixi', on: 'left' } },
      it: {
        ...{ type: 'branch', name: text('qixi') },
        config: { branches: [{ id: 'qixi', name: text('qixi'), when: { kind: 'all', of: asked } }] },
      },
    },
    edges: {},
    ...more,
  })

test('a journey under another id goes on asking of itself what it asked of itself', () => {
  const follows = {
    ...{ kind: 'sequence', first: { event: 'order', where: [] }, window: { kind: 'ever' }, next: [] },
    without: {
      event: '$message_sent',
      where: [{ property: 'journey_id', op: 'in', value: ['qixi', 'spring'] }],
      within: { amount: 1, unit: 'day' },
    },
  }
  const { id, nodes, settings } = renamed(
    drawn([sent('qixi'), sent('spring'), follows], {
      settings: { exitWhen: [{ event: 'message_opened', where: sent('qixi').where }] },
    }),
    'qixi-2',
  )
  expect(id).toBe('qixi-2')
  expect(nodes.in?.config).toMatchObject({ journey: 'qixi-2' })
  expect(settings.exitWhen).toMatchObject([{ where: [{ value: 'qixi-2' }] }])
  expect(nodes.it?.config).toMatchObject({
    branches: [
      {
        ...{ id: 'qixi', name: { en: 'qixi' } },
        when: {
          of: [
            { where: [{ value: 'qixi-2' }] },
            { where: [{ value: 'spring' }] },
            { without: { where: [{ value: ['qixi-2', 'spring'] }] } },
          ],
        },
      },
    ],
  })
})

test('a property of that name that is the brand’s own stays as it is', () => {
  const own = drawn([sent('qixi', 'webinar_joined')])
  expect(renamed(own, 'qixi-2').nodes.it).toEqual(own.nodes.it)
  expect(renamed(own, 'qixi')).toBe(own)
})
