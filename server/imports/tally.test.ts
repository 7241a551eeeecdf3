import { afterEach, beforeEach, expect, test } from 'vitest'
import { surveyAttributes } from '../store/sqlite/customers/attributes.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { type ImportRequest, importFile } from './index.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const take = (rows: readonly string[], request: Partial<ImportRequest> = {}) =>
  importFile(db, {
    ...{ kind: 'customers', zone: 'Asia/Shanghai', currency: 'CNY', receivedAt: 1 },
    ...{ source: Buffer.from(rows.join('\n')), ...request },
  })
const counted = () =>
  db.sqlite.prepare('select name, type, format, filled, unreadable from attributes order by name').raw().all()

/** What is kept is what reading every value of everybody would find. */
function expectTrue(): void {
  const kept = counted()
  surveyAttributes(db, 2)
  expect(kept).toEqual(counted())
}

test('what imports count of attributes is what reading everybody finds, whatever they change', async () => {
  await take([
    'customer_id,余额,生效日,卡号,空',
    '1,¥20,2026-08-01,0010,',
    '2,¥8.50,2026-08-02,0011,',
    '3,¥9,?,0012,',
  ])
  expect(counted()).toEqual([
    ['余额', 'money', null, 3, 0],
    ['卡号', 'text', null, 3, 0],
    ['生效日', 'date', null, 3, 1],
  ])
  expectTrue()
  // The same again, then with one mended, one spoilt, one more and a new attribute.
  await take([
    'customer_id,余额,生效日,卡号,空',
    '1,¥20,2026-08-01,0010,',
    '2,¥8.50,2026-08-02,0011,',
    '3,¥9,?,0012,',
  ])
  expectTrue()
  await take(['customer_id,余额,生效日,等级', '3,¥9,2026-08-03,金', '2,多,,银', '4,¥1,2026-08-04,'])
  expect(counted()).toContainEqual(['余额', 'money', null, 4, 1])
  expect(counted()).toContainEqual(['等级', 'text', null, 2, 0])
  expectTrue()
  // A type that a person chooses with the file is counted by all values.
  await take(['customer_id,卡号', '5,x'], { types: { 卡号: { type: 'number', format: null } } })
  expect(counted()).toContainEqual(['卡号', 'number', null, 4, 1])
})

test('attributes that are called as what every object has are counted like any other', async () => {
  const header = 'customer_id,constructor,toString,hasOwnProperty,__proto__'
  await take([header, '1,a,1,2,x', '2,b,3,,y'])
  await take([header, '1,a,1,2,x', '3,b,3,,y'])
  expect(counted()).toEqual([
    ['column_5', 'text', null, 3, 0],
    ['constructor', 'text', null, 3, 0],
    ['hasOwnProperty', 'number', null, 1, 0],
    ['toString', 'number', null, 3, 0],
  ])
  expectTrue()
})

test('an import that ends early has counted what it brought', async () => {
  const rows = Array.from({ length: 5000 }, (_, at) => `${at},金`)
  const stop = new AbortController()
  const ended = importFile(
    db,
    {
      ...{ kind: 'customers', zone: 'UTC', currency: 'CNY', receivedAt: 1 },
      source: Buffer.from(['customer_id,等级', ...rows].join('\n')),
    },
    { signal: stop.signal, onProgress: ({ done }) => done > 0 && stop.abort() },
  )
  await expect(ended).rejects.toMatchObject({ code: 'import-cancelled' })
  const people = db.sqlite.prepare('select count(*) from customers').pluck().get()
  expect(counted()).toEqual([['等级', 'text', null, people, 0]])
})
