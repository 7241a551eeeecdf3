import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImportAnswer } from '../../../../shared/api/imports.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { failRunningImports, findImport, listImports, saveImport } from './imports.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const running: ImportAnswer = {
  id: 'a',
  kind: 'orders',
  file: 'orders.csv',
  state: 'running',
  progress: { done: 0, of: 10 },
  before: 0,
  imported: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  lines: 0,
  passed: 0,
  cells: 0,
  created: 0,
  matched: 0,
  withdrawn: 0,
  removed: 0,
  rejections: [],
  passedRows: [],
  cellFaults: [],
  shared: { count: 0, addresses: [] },
  problem: null,
  startedAt: 1,
  finishedAt: null,
}

test('an import is kept as it goes on, and found by its id', () => {
  saveImport(db, running, 1)
  const done: ImportAnswer = {
    ...running,
    state: 'done',
    progress: { done: 10, of: 10 },
    imported: 10,
    finishedAt: 5,
  }
  saveImport(db, done, 5)
  expect(findImport(db, 'a')).toEqual(done)
  expect(findImport(db, 'b')).toBeUndefined()
})

test('the latest imports come first', () => {
  for (const [index, id] of ['a', 'b', 'c'].entries())
    saveImport(db, { ...running, id, startedAt: index }, index)
  expect(listImports(db, 2).imports.map(({ id }) => id)).toEqual(['c', 'b'])
})

test('what a stopped process left running has failed', () => {
  saveImport(db, running, 1)
  saveImport(db, { ...running, id: 'b', state: 'done' }, 1)
  expect(failRunningImports(db, 'stopped', 9)).toBe(1)
  expect(findImport(db, 'a')).toMatchObject({ state: 'failed', problem: 'stopped', finishedAt: 9 })
  expect(findImport(db, 'b')).toMatchObject({ state: 'done' })
})
