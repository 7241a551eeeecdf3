import { describe, expect, test } from 'vitest'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { edgeWidth, firstView, flowEdges, flowNodes } from './flow.ts'

const journey: Journey = journeySchema.parse({
  format: 1,
  id: 'spring',
  name: { en: 'Spring' },
  nodes: {
    a: { type: 'manual', name: { en: 'A' }, config: {} },
    b: { type: 'exit', name: { en: 'B' }, config: {} },
  },
  edges: { a: { entered: 'b' } },
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 156 } },
})

const nameOf = (id: string) => id.toUpperCase()

describe('cards and lines', () => {
  test('that did not change are the same objects', () => {
    const nodes = flowNodes(journey, [], [], registry)
    const edges = flowEdges(journey, null, [], registry, nameOf)
    const moved = { ...journey, layout: { ...journey.layout, b: { x: 40, y: 156 } } }
    const next = flowNodes(moved, [], nodes, registry)
    expect(next[0]).toBe(nodes[0])
    expect(next[1]).not.toBe(nodes[1])
    expect(flowEdges(moved, null, edges, registry, nameOf)).toEqual(edges)
    expect(flowEdges(moved, null, edges, registry, nameOf)[0]).toBe(edges[0])
    expect(flowNodes(journey, ['a'], nodes, registry)[1]).toBe(nodes[1])
  })

  test('have a place even where the file gives none', () => {
    const bare = { ...journey, layout: {} }
    const places = flowNodes(bare, [], [], registry).map(({ position }) => `${position.x} ${position.y}`)
    expect(new Set(places).size).toBe(2)
  })

  test('are told by the names of both ends, also when those change', () => {
    const edges = flowEdges(journey, null, [], registry, nameOf)
    expect(edges[0]?.ariaLabel).toBe('A → B')
    expect(flowEdges(journey, null, edges, registry, (id) => `节点 ${id}`)[0]?.ariaLabel).toBe(
      '节点 a → 节点 b',
    )
  })

  test('to a node that is not there are not drawn', () => {
    expect(flowEdges({ ...journey, edges: { a: { entered: 'gone' } } }, null, [], registry, nameOf)).toEqual(
      [],
    )
  })

  test('are as wide as the flow', () => {
    expect(edgeWidth(100, 100)).toBeGreaterThan(edgeWidth(10, 100))
    expect(edgeWidth(0, 100)).toBeLessThan(edgeWidth(null, 0))
  })
})

describe('what is seen first', () => {
  const size = { width: 800, height: 700 }

  test('is all of a small journey, in its own size', () => {
    const view = firstView(Object.values(journey.layout), size)
    expect(view.zoom).toBe(1)
    expect(view.x + 108).toBe(size.width / 2)
  })

  test('is the beginning of a tall one, large enough to be read', () => {
    const view = firstView(
      [
        { x: 900, y: 0 },
        { x: 0, y: 4_000 },
      ],
      size,
    )
    expect(view.zoom).toBeGreaterThan(0.7)
    expect((900 + 108) * view.zoom + view.x).toBeCloseTo(400)
    expect(view.y).toBeGreaterThan(0)
  })
})

test('a card says where its ports are, so that it need not be drawn to be measured', () => {
  const [a, b] = flowNodes(journey, [], [], registry)
  expect(a?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual(['source entered'])
  expect(b?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual(['target in'])
})
