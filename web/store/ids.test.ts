import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idSchema } from '../../shared/journey/graph.ts'
import { copyId, freshId, idStem } from './ids.ts'

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

  test('are well formed whatever the word', () => {
    expect(idStem('等待')).toBe('node')
    fc.assert(
      fc.property(fc.string(), (word) => idSchema.safeParse(freshId(word, () => false)).success),
      { seed: 7, numRuns: 300 },
    )
  })
})
