import { expect, test } from 'vitest'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { workOf } from '../../../shared/testing/work.ts'
import { cardSize } from '../../store/graph.ts'
import { lanePath, lanesOf } from './lanes.ts'

const exit = (en: string) => ({ type: 'exit', name: { en }, config: {} })
const split = (en: string, ...ids: string[]) => ({
  type: 'split',
  name: { en },
  config: { variants: ids.map((id) => ({ id, name: { en: id }, weight: 100 / ids.length })) },
})
const journeyOf = (nodes: object, edges: object): Journey =>
  journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes, edges })

/** A split whose first arm passes two cards by, all in one column; rows are 140 px high. */
const column = journeyOf(
  { a: split('A', 'past', 'on'), b: split('B', 'past', 'on'), c: exit('C'), d: exit('D') },
  { a: { past: 'd', on: 'b' }, b: { past: 'd', on: 'c' } },
)
const places = { a: { x: 0, y: 0 }, b: { x: 0, y: 140 }, c: { x: 0, y: 280 }, d: { x: 0, y: 420 } }

test('a line turns aside where a card stands in its way, and only there', () => {
  const lanes = lanesOf(column, places, registry)
  expect([...lanes.keys()].toSorted()).toEqual(['a.past', 'b.past'])
  expect(lanes.get('a.past')).toBeLessThan(-20)
  const aside = { ...places, b: { x: 400, y: 140 }, c: { x: 800, y: 280 } }
  expect([...lanesOf(column, aside, registry).keys()]).toEqual([])
})

test('lines to one card share a lane, others keep apart', () => {
  const lanes = lanesOf(column, places, registry)
  expect(lanes.get('b.past')).toBe(lanes.get('a.past'))
  const elsewhere = journeyOf(
    { ...column.nodes, e: exit('E') },
    { a: { past: 'e', on: 'b' }, b: { past: 'd', on: 'c' } },
  )
  const apart = lanesOf(elsewhere, { ...places, e: { x: 0, y: 560 } }, registry)
  expect(Math.abs((apart.get('a.past') ?? 0) - (apart.get('b.past') ?? 0))).toBeGreaterThanOrEqual(16)
})

test('a lane lies on the side of its port, clear of every card that it passes', () => {
  const right = journeyOf(column.nodes, { a: { past: 'b', on: 'd' }, b: { on: 'c' } })
  const beside = { ...places, c: { x: 40, y: 280 } }
  expect(lanesOf(right, beside, registry).get('a.on')).toBeGreaterThan(40 + cardSize.width + 14)
})

test('a line that leads back up goes round the cards', () => {
  const loop = journeyOf(column.nodes, { a: { on: 'b' }, b: { past: 'a' } })
  const lane = lanesOf(loop, places, registry).get('b.past') ?? 0
  expect(lane < -14 || lane > cardSize.width + 14).toBe(true)
  const { path } = lanePath({ x: 54, y: 224 }, { x: 108, y: 0 }, lane)
  expect(path).toMatch(/^M54,224 .* 108,0$/)
})

test('a lane begins at its port, ends at its card, and has its label on it', () => {
  const { path, label } = lanePath({ x: 54, y: 84 }, { x: 108, y: 420 }, -56)
  expect(path).toMatch(/^M54,84 .* L-56,\d+ .* 108,420$/)
  expect(label.x).toBe(-56)
  expect(label.y).toBeGreaterThan(84)
  expect(label.y).toBeLessThan(420)
})

test('hundreds of lines to one end are laid beside the cards in a moment’s work', () => {
  const size = 400
  const grown = (count: number) => {
    const nodes = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`n${index}`, split(`N${index}`, 'past', 'on')]),
    )
    const edges = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `n${index}`,
        { past: 'end', on: index + 1 < count ? `n${index + 1}` : 'end' },
      ]),
    )
    const journey = journeyOf({ ...nodes, end: exit('End') }, edges)
    const stands = Object.fromEntries(
      Object.keys(journey.nodes).map((id, index) => [id, { x: 0, y: index * 140 }]),
    )
    return () => lanesOf(journey, stands, registry)
  }
  expect(grown(size)().size).toBeGreaterThan(size - 3)
  // Each line looks at the cards that it passes, and at no pairs of them.
  expect(workOf(grown(size)) / workOf(grown(size / 4))).toBeLessThan(18)
})
