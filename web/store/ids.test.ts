import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idSchema } from '../../shared/journey/graph.ts'
import { copyId, freshId, idStem, type TakenNumbers } from './ids.ts'

describe('ids of nodes', () => {
  test('are readable and count up', () => {
    const taken = new Set(['sms-1', 'sms-2'])
    expect(freshId('sms', (id) => taken.has(id))).toBe('sms-3')
    expect(freshId('wait_event', () => false)).toBe('wait-event-1')
  })

  test('of copies go on from the original', () => {
    const taken = new Set(['sms-t3', 'wait-2', 'wait-3'])
    expect(copyId('sms-t3', (id) => taken.has(id))).toBe('sms-t3-2')
    expect(copyId('wait-2', (id) => taken.has(id))).toBe('wait-4')
  })

  test('of many copies are found without going over the same numbers again', () => {
    const taken = new Set(Array.from({ length: 1000 }, (_, index) => `sms-${index + 1}`))
    let asked = 0
    const known: TakenNumbers = new Map()
    const copies = Array.from({ length: 1000 }, (_, index) => {
      const isTaken = (id: string) => {
        asked += 1
        return taken.has(id)
      }
      const copy = copyId(`sms-${index + 1}`, isTaken, known)
      taken.add(copy)
      return copy
    })
    expect(copies).toEqual(Array.from({ length: 1000 }, (_, index) => `sms-${index + 1001}`))
    expect(asked).toBeLessThan(3000)
  })

  test('are well formed whatever the word', () => {
    expect(idStem('等待')).toBe('node')
    fc.assert(
      fc.property(fc.string(), (word) => idSchema.safeParse(freshId(word, () => false)).success),
      { seed: 7, numRuns: 300 },
    )
  })
})
