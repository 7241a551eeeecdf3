import { describe, expect, test } from 'vitest'
import { whatIfRequest } from '../../../shared/api/why.ts'
import { asRequest, isChanged, noChanges } from './changes.ts'

describe('what is changed in the form of what if', () => {
  test('is nothing at first', () => {
    expect(isChanged(noChanges)).toBe(false)
    expect(whatIfRequest.parse(asRequest(noChanges))).toEqual(whatIfRequest.parse({}))
  })

  test('numbers are numbers, and codes stay as they are written', () => {
    const fields = [
      { id: 1, name: 'points', value: ' 120 ' },
      { id: 2, name: 'card', value: '0012' },
      { id: 3, name: 'city', value: '北京' },
      { id: 4, name: 'tier', value: '' },
      { id: 5, name: ' ', value: 'x' },
    ]
    expect(asRequest({ ...noChanges, fields }).attributes).toEqual({
      points: 120,
      card: '0012',
      city: '北京',
      tier: null,
    })
  })

  test('an event without a name is not told', () => {
    const added = [
      { id: 1, name: '', at: 1, amount: null },
      { id: 2, name: 'order', at: 2, amount: 9900 },
    ]
    expect(asRequest({ ...noChanges, added }).events?.add).toEqual([{ name: 'order', at: 2, amount: 9900 }])
  })
})
