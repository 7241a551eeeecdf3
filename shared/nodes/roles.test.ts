import { describe, expect, test } from 'vitest'
import { nodeTypes } from './index.ts'
import { defineNode, type NodeType } from './type.ts'

/** What each role of a node must bring, and nothing of the others: half a trigger would never let anybody in. */
const parts: Readonly<Record<NodeType['role'], Readonly<Record<'entrance' | 'decide' | 'goal', boolean>>>> = {
  trigger: { entrance: true, decide: false, goal: false },
  step: { entrance: false, decide: true, goal: false },
  goal: { entrance: false, decide: false, goal: true },
  exit: { entrance: false, decide: false, goal: false },
}

const brings = ({ entrance, decide, goal }: NodeType) => ({
  entrance: entrance !== undefined,
  decide: decide !== undefined,
  goal: goal !== undefined,
})

describe('what a node type brings', () => {
  test.each(Object.entries(nodeTypes))('%s has the parts of its role', (type, { erased }) => {
    expect(erased.type).toBe(type)
    expect(brings(erased)).toEqual(parts[erased.role])
    expect(() => erased.config.parse(erased.defaults())).not.toThrow()
  })

  test('half a trigger is found', () => {
    const half = defineNode({ ...nodeTypes.manual, role: 'step' }).erased
    expect(brings(half)).not.toEqual(parts[half.role])
  })
})
