import { expect, test } from 'vitest'
import { allCards } from '../../nodes/index.ts'
import { iconOf } from './icons.ts'

test('a drawing shows each node with the sign that its card bears on the canvas', () => {
  const differing = [...allCards].filter(([type, card]) => iconOf(type) !== card.icon).map(([type]) => type)
  expect(differing).toEqual([])
})
