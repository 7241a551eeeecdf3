import { expect, test } from 'vitest'
import { journeySchema } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { layoutOf } from './layout.ts'

const split = (en: string) => ({
  type: 'split',
  name: { en },
  config: {
    variants: [
      { id: 'past', name: { en: 'Past' }, weight: 50 },
      { id: 'on', name: { en: 'On' }, weight: 50 },
    ],
  },
})
const exit = { type: 'exit', name: { en: 'End' }, config: {} }
const laid = (nodes: object, edges: object) =>
  layoutOf(journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes, edges }), registry)

test('steps stand straight under each other, though a line passes some of them by', async () => {
  const places = await laid(
    { a: split('A'), b: split('B'), c: split('C'), d: exit },
    { a: { past: 'd', on: 'b' }, b: { past: 'd', on: 'c' }, c: { past: 'd', on: 'd' } },
  )
  expect(new Set(Object.values(places).map(({ x }) => x)).size).toBe(1)
  const rows = ['a', 'b', 'c', 'd'].map((id) => places[id]?.y ?? 0)
  expect(rows).toEqual([0, 140, 280, 420])
})

test('a step from which a line leads back stands below the one that it leads to', async () => {
  const places = await laid(
    { a: split('A'), b: split('B'), c: exit },
    { a: { past: 'c', on: 'b' }, b: { past: 'a', on: 'a' } },
  )
  expect(places.b?.y).toBeGreaterThan(places.a?.y ?? 0)
})
