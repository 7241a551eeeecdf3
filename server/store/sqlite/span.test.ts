import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BrandDatabase, openDatabase } from './database.ts'
import { spanning, wholly } from './span.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const put = (key: string) => db.sqlite.prepare('insert into meta (key, value) values (?, 1)').run(key)
const has = (key: string) =>
  db.sqlite.prepare('select 1 from meta where key = ?').pluck().get(key) !== undefined

test('a batch that fails takes all back that was not committed before', async () => {
  const batches = spanning(db)
  await batches.put(() => put('safe'))
  await batches.end()
  await batches.put(() => put('first'))
  const failing = batches.put(() => {
    put('second')
    throw new Error('broken off')
  })
  await expect(failing).rejects.toThrow('broken off')
  await batches.end()
  expect(db.sqlite.inTransaction).toBe(false)
  expect(['safe', 'first', 'second'].map(has)).toEqual([true, false, false])
})

test('work that is done wholly is a part of the caller’s transaction, and else whole by itself', () => {
  const both = wholly(db, (one: string, other: string) => {
    put(one)
    put(other)
  })
  expect(() => both('twice', 'twice')).toThrow(/UNIQUE/)
  expect(has('twice')).toBe(false)
  expect(() =>
    db.sqlite.transaction(() => {
      both('one', 'other')
      throw new Error('broken off')
    })(),
  ).toThrow('broken off')
  expect(has('one')).toBe(false)
  both('one', 'other')
  expect(has('other')).toBe(true)
})
