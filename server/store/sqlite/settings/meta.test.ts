import { expect, test } from 'vitest'
import { brandSchema } from '../../../../shared/journey/brand.ts'
import { openDatabase } from '../database.ts'
import { readBrand, writeBrand, writeMeta } from './meta.ts'

const none = { name: { en: 'Shop' }, signature: 'Shop' }

test('a new brand starts with two marketing messages a day and five in seven days', () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  expect(readBrand(db).caps).toEqual([
    { channel: null, messages: 2, days: 1 },
    { channel: null, messages: 5, days: 7 },
  ])
  db.close()
})

test('a brand that was saved keeps the ceilings that it had, or none', () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  writeBrand(db, brandSchema.parse(none))
  expect(readBrand(db).caps).toEqual([])
  db.close()
})

test('a brand that had begun to work before there were any goes on without', () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  writeMeta(db, 'uncapped', true)
  expect(readBrand(db).caps).toEqual([])
  db.close()
})
