import { expect, test } from 'vitest'
import {
  changedOrigins,
  compactOrigins,
  entryOf,
  mergedOrigins,
  originsOfAll,
  undoneOrigins,
} from './held.ts'

const file = 3
const key = [4, 1000] as const
const person = [5, 2000] as const

test('one source of all values is one word', () => {
  expect(originsOfAll(file)).toEqual({ '*': 3 })
  expect(entryOf({ '*': 3 }, 'city')).toBe(3)
})

test('a value that changes comes from who changed it, all others stay as they are', () => {
  const changed = changedOrigins(originsOfAll(file), { changed: ['city'], gone: [] }, key)
  expect(changed).toEqual({ '*': 3, city: [4, 1000] })
  const gone = changedOrigins(changed, { changed: [], gone: ['city'] }, person)
  expect(gone).toEqual({ '*': 3 })
})

test('what most values have in common stands once', () => {
  const after = { name: '王芳', city: '成都', '.tier': 'gold', '.points': 7 }
  const filled = changedOrigins(originsOfAll(key), { changed: ['city', '.tier', '.points'], gone: [] }, file)
  expect(filled).toEqual({ '*': [4, 1000], city: 3, '.tier': 3, '.points': 3 })
  expect(compactOrigins(filled, after)).toEqual({ '*': 3, name: [4, 1000] })
})

test('of what stood before it was written down nobody knows, also when another value changes', () => {
  const changed = changedOrigins({}, { changed: ['city'], gone: [] }, person)
  expect(changed).toEqual({ city: [5, 2000] })
  expect(entryOf(changed, 'name')).toBe(0)
  const all = changedOrigins(changed, { changed: ['name', 'city'], gone: [] }, file)
  expect(compactOrigins(all, { name: 'a', city: 'b', phone: '138' })).toEqual({ '*': 3, phone: 0 })
})

test('a column and an attribute of one name are two values', () => {
  const changed = changedOrigins(originsOfAll(file), { changed: ['.city'], gone: [] }, key)
  expect(entryOf(changed, 'city')).toBe(3)
  expect(entryOf(changed, '.city')).toEqual(key)
})

test('what comes with a merge keeps its own source and says with whom it came, and goes back with an undoing', () => {
  const own = { values: { name: '王芳', city: null }, origins: originsOfAll(file) }
  const other = { values: { name: '芳', city: '苏州', '.tier': 'gold' }, origins: originsOfAll(key) }
  const after = { name: '王芳', city: '苏州', '.tier': 'gold' }
  const merged = mergedOrigins({ own, other, after }, 'c2')
  expect(entryOf(merged, 'name')).toBe(3)
  expect(entryOf(merged, 'city')).toEqual([4, 1000, 'c2'])
  // Written since by somebody: that stays.
  const now = {
    values: { ...after, city: '杭州' },
    origins: changedOrigins(merged, { changed: ['city'], gone: [] }, person),
  }
  const undone = undoneOrigins({ before: own, after, now, undone: { name: '王芳', city: '杭州' } })
  expect(entryOf(undone, 'name')).toBe(3)
  expect(entryOf(undone, 'city')).toEqual(person)
})

test('who was merged twice is named by the id of the beginning', () => {
  const own = { values: { city: null }, origins: {} }
  const other = { values: { city: '苏州' }, origins: { city: [4, 1000, 'c3'] as const } }
  const merged = mergedOrigins({ own, other, after: { city: '苏州' } }, 'c2')
  expect(entryOf(merged, 'city')).toEqual([4, 1000, 'c3'])
})
