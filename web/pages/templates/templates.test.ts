import { describe, expect, test } from 'vitest'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { factsOf, stepsOf } from './facts.ts'
import { sketchOf } from './sketch.ts'

const name = { 'zh-CN': '名', en: 'Name' }
const journey = journeySchema.parse({
  format: 1,
  id: 'cart',
  name,
  settings: { controlGroup: { percent: 10, salt: 's' } },
  nodes: {
    done: { type: 'exit', name, config: {} },
    'in-cart': { type: 'manual', name, config: {} },
    pause: {
      type: 'wait',
      name,
      config: { until: { kind: 'duration', span: { amount: 2, unit: 'hour' } } },
    },
    bought: {
      type: 'goal',
      name,
      config: { filter: { event: 'order' }, window: { kind: 'journey' } },
    },
  },
  edges: { 'in-cart': { entered: 'pause' }, pause: { done: 'done' } },
})

describe('the drawing of a template', () => {
  test('goes from left to right, from the entry to the end', () => {
    const { tiles, lines, columns } = sketchOf(journey)
    const column = (id: string) => tiles.find((tile) => tile.id === id)?.column
    expect([column('in-cart'), column('pause'), column('done')]).toEqual([0, 1, 2])
    expect(columns).toBe(3)
    expect(lines.map(({ id }) => id)).toEqual(['in-cart.entered', 'pause.done'])
  })

  test('follows the places on the canvas where the file has them', () => {
    const layout = {
      'in-cart': { x: 0, y: 0 },
      pause: { x: 200, y: 0 },
      done: { x: 0, y: 90 },
      bought: { x: 0, y: 180 },
    }
    const { tiles } = sketchOf({ ...journey, layout })
    expect(tiles.find(({ id }) => id === 'pause')).toMatchObject({ column: 0, row: 1, category: 'time' })
    expect(tiles.find(({ id }) => id === 'bought')).toMatchObject({ column: 2, row: 0 })
  })
})

describe('what a template says of itself', () => {
  test('counts its parts', () => {
    expect(factsOf(journey)).toEqual({ messages: 0, waits: 1, branches: 0, coupons: 0, control: 10 })
  })

  test('tells its steps in the order of the way, goals apart', () => {
    const { steps, goals } = stepsOf(journey, { locale: 'en', currency: 'CNY' })
    expect(steps.map(({ id }) => id)).toEqual(['in-cart', 'pause', 'done'])
    expect(steps[1]?.sentence).toBe('Wait 2 hours')
    expect(goals.map(({ id }) => id)).toEqual(['bought'])
  })
})
