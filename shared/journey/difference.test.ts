import { expect, test } from 'vitest'
import { sketch } from '../testing/sketch.ts'
import { differenceOf } from './difference.ts'
import type { Journey } from './graph.ts'

const before = sketch({
  nodes: {
    picked: ['manual'],
    rest: ['wait', { until: { kind: 'duration', span: { amount: 3, unit: 'day' } } }],
    done: ['exit'],
  },
  edges: { 'picked.entered': 'rest', 'rest.done': 'done' },
})

test('a moved box is no difference', () => {
  const after: Journey = { ...before, layout: { rest: { x: 400, y: 20 } } }
  expect(differenceOf(before, after)).toEqual({
    journey: [],
    nodes: { added: [], removed: [], changed: [] },
    edges: { added: [], removed: [] },
  })
})

test('a changed wait is told by its field, with both values', () => {
  const after = sketch({
    nodes: {
      picked: ['manual'],
      rest: ['wait', { until: { kind: 'duration', span: { amount: 5, unit: 'day' } }, late: 'skip' }],
      done: ['exit'],
    },
    edges: { 'picked.entered': 'rest', 'rest.done': 'done' },
  })
  expect(differenceOf(before, after).nodes.changed).toEqual([
    {
      id: 'rest',
      fields: [
        { field: 'config.until.span.amount', before: 3, after: 5 },
        { field: 'config.late', before: undefined, after: 'skip' },
      ],
    },
  ])
})

test('a node put between two others is an added node and changed edges', () => {
  const after = sketch({
    nodes: { ...{ picked: ['manual'] }, note: ['tag', { add: ['a'] }], rest: ['wait'], done: ['exit'] },
    edges: { 'picked.entered': 'note', 'note.done': 'rest', 'rest.done': 'done' },
  })
  const { nodes, edges } = differenceOf(before, after)
  expect(nodes.added).toEqual(['note'])
  expect(edges.added).toEqual([
    { from: 'picked', port: 'entered', to: 'note' },
    { from: 'note', port: 'done', to: 'rest' },
  ])
  expect(edges.removed).toEqual([{ from: 'picked', port: 'entered', to: 'rest' }])
  expect(differenceOf(after, before).nodes.removed).toEqual(['note'])
})

test('the journey’s own fields are told apart from its nodes', () => {
  const after: Journey = {
    ...before,
    settings: { ...before.settings, controlGroup: { percent: 10, salt: 'a' } },
  }
  expect(differenceOf(before, after).journey).toEqual([
    { field: 'settings.controlGroup.percent', before: 0, after: 10 },
    { field: 'settings.controlGroup.salt', before: '', after: 'a' },
  ])
})
