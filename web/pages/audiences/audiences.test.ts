import { describe, expect, test } from 'vitest'
import { keyPattern, suggestKey } from '../../ui/audience-key.ts'

describe('the key of a new audience', () => {
  test('is made of its English name', () => {
    expect(suggestKey('Gold members, Hangzhou', new Set())).toBe('gold-members-hangzhou')
  })

  test('is plain where there is no English name', () => {
    expect(suggestKey(undefined, new Set())).toBe('audience')
    expect(suggestKey('七夕 2027', new Set())).toBe('audience')
  })

  test('never takes the key of another', () => {
    expect(suggestKey('Gold', new Set(['gold', 'gold-2']))).toBe('gold-3')
  })

  test('is one that the API takes', () => {
    for (const name of ['2 + 2', 'A'.repeat(90), '-x-', 'Ünïcode name'])
      expect(suggestKey(name, new Set())).toMatch(keyPattern)
  })
})
