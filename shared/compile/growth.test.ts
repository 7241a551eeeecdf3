import { describe, expect, test } from 'vitest'
import { differenceOf } from '../journey/difference.ts'
import type { Journey } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import { type Sketch, sketch } from '../testing/sketch.ts'
import { workOf } from '../testing/work.ts'
import { check, machineConfig, planOf, prove, tableOf } from './index.ts'

type Node = Sketch['nodes'][string]
const hour: Node = ['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'hour' } } }]
const branch: Node = [
  'branch',
  { branches: [{ id: 'yes', name: { en: 'Yes' }, when: { kind: 'tag', tag: 'a' } }] },
]
const says = (text: string): Node => ['send', { channel: 'in_app', text: { 'zh-CN': text } }]
const coupon: Node = ['coupon', { name: { 'zh-CN': '券' }, value: 2000, validDays: 7 }]

/** So many nodes, each leading by all its ports where it is told. */
function drawn(size: number, at: (index: number) => [node: Node, ports: Record<string, string>]): Journey {
  const nodes: Record<string, Node> = { in: ['manual'], out: ['exit'] }
  const edges: Record<string, string> = { 'in.entered': 'n0' }
  for (let index = 0; index < size; index += 1) {
    const [node, ports] = at(index)
    nodes[`n${index}`] = node
    for (const [port, to] of Object.entries(ports)) edges[`n${index}.${port}`] = to
  }
  return sketch({ nodes, edges })
}

const next = (index: number, size: number) => (index + 1 < size ? `n${index + 1}` : 'out')

/** What people draw, at any size. */
const shapes: Readonly<Record<string, (size: number) => Journey>> = {
  'a row of waits': (size) => drawn(size, (index) => [hour, { done: next(index, size) }]),
  'branches that all have a way to one end': (size) =>
    drawn(size, (index) => [branch, { yes: 'out', otherwise: next(index, size) }]),
  'messages with variables, and coupons between': (size) =>
    drawn(size, (index) =>
      index % 4 === 0
        ? [coupon, { issued: next(index, size), not_issued: next(index, size) }]
        : [
            says(
              `{{ customer.name }}，{{ coupon.code }}，{{ festival.name }}，{{ customer.a${index} | default: '好' }}`,
            ),
            { sent: next(index, size), not_sent: 'out' },
          ],
    ),
  'a row that was drawn from its end': (size) =>
    drawn(size, (index) =>
      index === 0
        ? [hour, { done: `n${size - 1}` }]
        : [hour, { done: index === 1 ? 'out' : `n${index - 1}` }],
    ),
  'one long loop without a limit': (size) =>
    drawn(size, (index) => [
      branch,
      { yes: next(index, size), otherwise: index + 1 < size ? `n${index + 1}` : 'n0' },
    ]),
  'nodes that nothing leads to': (size) => drawn(size, () => [hour, { done: 'out' }]),
}

const options = {
  registry,
  now: Date.parse('2026-08-01T10:00:00+08:00'),
  zone: 'Asia/Shanghai',
  publishing: true,
  caps: [{ channel: null, messages: 2, days: 1 }],
}

/** What publishing and the canvas do with a journey. */
const works: Readonly<Record<string, (journey: Journey) => unknown>> = {
  check: (journey) => check(journey, options),
  prove: (journey) => prove(journey, registry, options),
  compile: (journey) => planOf(journey, tableOf(machineConfig(journey, registry)), 1, registry),
  compare: (journey) => differenceOf(journey, { ...journey, nodes: {} }),
}

describe.each(Object.entries(shapes))('%s', (name, shape) => {
  const [few, many] = [shape(200), shape(800)]
  test.each(Object.entries(works))(
    'four times as many nodes take no more than some four times the work to %s',
    (work, run) => {
      // A node that nothing leads to, or a loop without end, is no journey to compile.
      const codes = new Set(check(few, options).map(({ code }) => code))
      expect(codes).not.toContain('invalid-config')
      if (work === 'compile' && ['unreachable-node', 'loop-without-wait'].some((code) => codes.has(code)))
        return
      run(few)
      const growth = workOf(() => run(many)) / workOf(() => run(few))
      expect(growth, `${name}: ${work}`).toBeLessThan(5)
    },
  )
})
