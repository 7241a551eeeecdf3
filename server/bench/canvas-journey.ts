import type { Journey } from '../../shared/journey/graph.ts'
import { journeySchema } from '../../shared/journey/graph.ts'

const columns = 16
const step = { x: 256, y: 156 }
const text = (words: string) => ({ 'zh-CN': words, en: words })

/** The kinds of node that follow each other, each with what its ports are called. */
const kinds = [
  { type: 'wait', name: '等一天', config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } } },
  {
    type: 'send',
    name: '短信',
    config: {
      channel: 'sms',
      text: text("{{ customer.name | default: '亲爱的会员' }}，新品礼盒上架，欢迎来看"),
    },
  },
  {
    type: 'branch',
    name: '买过了吗',
    config: {
      branches: [
        {
          id: 'bought',
          name: text('买过'),
          when: {
            kind: 'events',
            event: 'order',
            measure: 'count',
            window: { kind: 'since_entry' },
            op: 'gte',
            value: 1,
          },
        },
      ],
    },
  },
] as const
const ports = { wait: ['done'], send: ['sent', 'not_sent'], branch: ['bought', 'otherwise'] } as const

const idOf = (index: number) => `step-${index}`
const placeOf = (index: number) => ({
  x: (index % columns) * step.x,
  y: Math.floor(index / columns) * step.y,
})

/** A journey of so many nodes in a chain of waits, texts and branches, laid out in rows of 16. */
export function longJourney(size: number): Journey {
  const middle = Array.from({ length: size - 2 }, (_, index) => index + 1)
  const kindAt = (index: number) => kinds[index % kinds.length] ?? kinds[0]
  return journeySchema.parse({
    format: 1,
    id: 'bench-canvas',
    name: text('三百个节点'),
    nodes: {
      [idOf(0)]: { type: 'manual', name: text('名单'), config: {} },
      ...Object.fromEntries(
        middle.map((index) => {
          const { type, name, config } = kindAt(index)
          return [idOf(index), { type, name: text(name), config }]
        }),
      ),
      [idOf(size - 1)]: { type: 'exit', name: text('走完'), config: {} },
    },
    edges: {
      [idOf(0)]: { entered: idOf(1) },
      ...Object.fromEntries(
        middle.map((index) => [
          idOf(index),
          Object.fromEntries(ports[kindAt(index).type].map((port) => [port, idOf(index + 1)])),
        ]),
      ),
    },
    layout: Object.fromEntries(Array.from({ length: size }, (_, index) => [idOf(index), placeOf(index)])),
  })
}
