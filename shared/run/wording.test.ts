import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Journey, JourneyNode } from '../journey/graph.ts'
import { type NodeTypeName, nodeTypes, registry } from '../nodes/index.ts'
import { type Sketch, sketch } from '../testing/sketch.ts'
import { changeOf, isWords, saysAnew, wording } from './wording.ts'

const drawn: Sketch = {
  nodes: {
    in: ['manual'],
    rest: ['wait', { until: { kind: 'duration', span: { amount: 3, unit: 'day' } } }],
    hello: ['send', { channel: 'sms', text: { en: 'Hello' } }],
    out: ['exit'],
  },
  edges: { 'in.entered': 'rest', 'rest.done': 'hello', 'hello.sent': 'out', 'hello.not_sent': 'out' },
}
const before = sketch(drawn)
const withNode = (id: string, node: Sketch['nodes'][string]): Journey =>
  sketch({ ...drawn, nodes: { ...drawn.nodes, [id]: node } })
const kind = (after: Journey) => changeOf(before, after, registry)

describe('rule 21: a change of words alone', () => {
  test('is another text, another subject, another name of a node, of a branch or of the journey', () => {
    expect(kind(withNode('hello', ['send', { channel: 'sms', text: { en: 'Good day' } }]))).toBe('words')
    expect(kind({ ...before, name: { en: 'Another name' } })).toBe('words')
    const { rest } = before.nodes
    if (rest === undefined) throw new Error('no rest')
    expect(kind({ ...before, nodes: { ...before.nodes, rest: { ...rest, name: { en: 'A rest' } } } })).toBe(
      'words',
    )
  })

  test('is another value of a variable that texts say, but none that a condition goes by', () => {
    const valued = (value: number, more: Sketch['nodes'] = {}) => {
      const journey = sketch({ ...drawn, nodes: { ...drawn.nodes, ...more } })
      return { ...journey, variables: { least: { value } } }
    }
    const says = { hello: ['send', { channel: 'sms', text: { en: 'From {{ least }}' } }] } as const
    expect(changeOf(valued(100, says), valued(50, says), registry)).toBe('words')
    const when = { kind: 'attribute', name: 'points', op: 'gte', value: { variable: 'least' } }
    const asks = { asks: ['branch', { branches: [{ id: 'yes', name: { en: 'Yes' }, when }] }] } as const
    expect(changeOf(valued(100, asks), valued(50, asks), registry)).toBe('structure')
    expect(changeOf(valued(100, asks), valued(100, asks), registry)).toBe('none')
  })

  test('a moved box is none, nor is saying aloud what would be so anyway', () => {
    expect(kind({ ...before, layout: { rest: { x: 1, y: 2 } } })).toBe('none')
    const said = { until: { kind: 'duration', span: { amount: 3, unit: 'day' } }, late: 'go_on' }
    expect(kind(withNode('rest', ['wait', said]))).toBe('none')
  })

  test('is not one of who goes where or when: a wait, a channel, a line, a setting, a node', () => {
    const five = { until: { kind: 'duration', span: { amount: 5, unit: 'day' } } }
    expect(kind(withNode('rest', ['wait', five]))).toBe('structure')
    expect(kind(withNode('hello', ['send', { channel: 'in_app', text: { en: 'Hello' } }]))).toBe('structure')
    expect(kind(sketch({ ...drawn, edges: { ...drawn.edges, 'in.entered': 'hello' } }))).toBe('structure')
    expect(kind(sketch({ ...drawn, settings: { controlGroup: { percent: 5, salt: '' } } }))).toBe('structure')
    expect(kind(withNode('more', ['exit']))).toBe('structure')
    expect(kind(withNode('rest', ['tag', { add: ['a'] }]))).toBe('structure')
  })

  test('a node changed in both is changed in structure', () => {
    expect(kind(withNode('hello', ['send', { channel: 'in_app', text: { en: 'Good day' } }]))).toBe(
      'structure',
    )
  })

  test('a message is said anew where its text has changed, not where its card is called or timed otherwise', () => {
    const node = (config: JourneyNode['config'], name = 'n'): JourneyNode => ({
      type: 'send',
      name: { en: name },
      config: { channel: 'sms', text: { en: 'Hello' }, ...config },
    })
    const anew = (after: JourneyNode) => saysAnew(node({}), after, registry)
    expect(anew(node({ text: { en: 'Good day' } }))).toBe(true)
    expect(anew(node({ text: { en: 'Good day' }, quiet: 'skip' }))).toBe(true)
    expect(anew(node({}, 'Greeting'))).toBe(false)
    expect(anew({ ...node({}), note: 'ask Li' })).toBe(false)
    expect(anew(node({ quiet: 'skip' }))).toBe(false)
  })
})

/** The part of a type's JSON Schema that a path leads to; undefined where it leads nowhere. */
function partAt(schema: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path
  if (first === undefined || typeof schema !== 'object' || schema === null) return schema
  const { anyOf, properties, items } = schema as {
    anyOf?: unknown[]
    properties?: Record<string, unknown>
    items?: unknown
  }
  if (anyOf !== undefined) return anyOf.map((one) => partAt(one, path)).find((found) => found !== undefined)
  return partAt(first === '*' ? items : properties?.[first], rest)
}

describe('what is words in the configuration of a type', () => {
  const types = Object.entries(nodeTypes) as [NodeTypeName, (typeof nodeTypes)[NodeTypeName]][]

  test.each(types)('%s: each path leads somewhere', (type, { erased }) => {
    const schema = z.toJSONSchema(erased.config, { io: 'input', unrepresentable: 'any' })
    for (const path of wording[type])
      expect([path, partAt(schema, path.split('.'))]).not.toEqual([path, undefined])
  })

  test.each(types)('%s: every text that it renders is words', (type, { erased }) => {
    const fields = erased.texts?.(erased.config.parse(erased.defaults())) ?? []
    for (const { field } of fields) expect([field, isWords(type, `config.${field}`)]).toEqual([field, true])
  })
})
