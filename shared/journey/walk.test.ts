import { expect, test } from 'vitest'
import { sketch } from '../testing/sketch.ts'
import {
  adjacencyOf,
  components,
  cycles,
  edgesOf,
  predecessors,
  reachable,
  successors,
  targetOf,
} from './walk.ts'

const journey = sketch({
  nodes: {
    in: ['manual'],
    ask: ['branch'],
    rest: ['wait'],
    again: ['tag'],
    out: ['exit'],
    alone: ['exit'],
  },
  edges: {
    'in.entered': 'ask',
    'ask.yes': 'rest',
    'ask.otherwise': 'rest',
    'rest.done': 'again',
    'again.done': 'ask',
    'rest.limit': 'out',
  },
})

test('edges are read in the order of the file, and a missing one is null', () => {
  expect(edgesOf(journey)[1]).toEqual({ from: 'ask', port: 'yes', to: 'rest' })
  expect(targetOf(journey, 'rest', 'limit')).toBe('out')
  expect(targetOf(journey, 'rest', 'late')).toBeNull()
  expect(targetOf(journey, 'constructor', 'name')).toBeNull()
})

test('neighbours count once, however many ports join them', () => {
  expect(successors(journey, 'ask')).toEqual(['rest'])
  expect(predecessors(journey, 'ask')).toEqual(['in', 'again'])
  expect(successors(journey, 'out')).toEqual([])
})

test('what can be reached leaves out what nothing leads to', () => {
  const found = reachable(adjacencyOf(edgesOf(journey)), ['in'])
  expect([...found].sort()).toEqual(['again', 'ask', 'in', 'out', 'rest'])
})

test('a loop is found once and told in walking order', () => {
  expect(cycles(adjacencyOf(edgesOf(journey)), Object.keys(journey.nodes))).toEqual([
    ['ask', 'rest', 'again'],
  ])
})

test('a node that leads to itself is a loop', () => {
  expect(cycles(new Map([['a', ['a', 'b']]]), ['a', 'b'])).toEqual([['a']])
})

test('components come after those that they lead to, also in a very long chain', () => {
  const chain = new Map(Array.from({ length: 20_000 }, (_, at) => [`n${at}`, [`n${at + 1}`]]))
  const parts = components(chain, ['n0'])
  expect(parts[0]).toEqual(['n20000'])
  expect(parts.at(-1)).toEqual(['n0'])
})
