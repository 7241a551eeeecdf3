import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { byId } from '../../../../shared/api/customer-sort.ts'
import { scratchBase } from '../../../brand/scratch-base.ts'
import type { CustomerFilter } from '../../../ports/customers.ts'
import { memberOf } from '../../../testing/members.ts'
import { openDatabase } from '../database.ts'
import { type Everybody, everybodyOf } from '../entering/everybody.ts'
import { addCustomers } from '../seed.ts'
import { filteredIds } from './filed.ts'
import { foundPeople } from './search.ts'

const db = openDatabase(':memory:', { durability: 'off' })
afterAll(() => db.close())
const base = scratchBase(db)
const ways = [everybodyOf(db.sqlite, base, 1_000), everybodyOf(db.sqlite, base, 0)] as const
const at = { now: Date.parse('2026-08-05T10:00:00Z'), zone: 'Asia/Shanghai' }

beforeAll(() => {
  addCustomers(
    db,
    Array.from({ length: 12 }, (_, index) => ({
      ...memberOf(`m${String(index + 1).padStart(2, '0')}`, index + 1),
      city: index % 3 === 0 ? '上海' : '杭州',
    })),
    0,
  )
  db.sqlite.exec(`
    insert into audiences (key, name, kind, condition, created_at, updated_at) values ('hangzhou', '{}', 'condition',
      '{"kind":"attribute","name":"city","op":"eq","value":"杭州"}', 0, 0);
    insert into tags (customer_id, tag, at) values ('m02', 'vip', 0), ('m03', 'vip', 0), ('m04', 'vip', 0)`)
})

/** The ids of a page by ids, and how many answer. */
async function foundIds(
  everybody: Everybody,
  filter: CustomerFilter,
  { after, limit }: { after: string | null; limit: number },
) {
  const place = after === null ? null : { id: after, value: after }
  const { found, total } = await foundPeople(db, everybody, filter, { order: byId, after: place, limit, at })
  return { ids: found.map(({ id }) => id), total }
}

const inHangzhou = ['m02', 'm03', 'm05', 'm06', 'm08', 'm09', 'm11', 'm12']

describe('the customers of an audience', () => {
  test.each<[string, Omit<CustomerFilter, 'audience'>, readonly string[]]>([
    ['all of them', {}, inHangzhou],
    ['those with a tag', { tag: 'vip' }, ['m02', 'm03']],
    ['by a part of their ids, in capitals or not', { search: 'M1' }, ['m11', 'm12']],
    ['nobody of another city', { search: 'm04' }, []],
    [
      'by a part of their ids, where contacts answer as a whole',
      { search: 'm1', wholeContacts: true },
      ['m11', 'm12'],
    ],
    ['nobody by a part of a mailbox then', { search: '@example', wholeContacts: true }, []],
    ['by a part of a mailbox else', { search: '@example' }, inHangzhou],
    ['by a whole mailbox then', { search: 'M2@example.com', wholeContacts: true }, ['m02']],
    ['nobody by a sign that stands for any text elsewhere', { search: '%' }, []],
  ])('are listed by each customer and by the copy alike: %s', async (_what, filter, expected) => {
    for (const everybody of ways) {
      const asked = { audience: 'hangzhou', ...filter }
      const found = await foundIds(everybody, asked, { after: null, limit: 50 })
      expect(found).toEqual({ ids: expected, total: expected.length })
      expect(await filteredIds(db, everybody, asked, at)).toEqual(expected)
    }
  })

  test('are found by an address, however it is written', async () => {
    const phone =
      db.sqlite.prepare<[], string>(`select phone from customers where id = 'm02'`).pluck().get() ?? ''
    const search = `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`
    for (const everybody of ways)
      expect(await foundIds(everybody, { audience: 'hangzhou', search }, { after: null, limit: 50 })).toEqual(
        { ids: ['m02'], total: 1 },
      )
  })

  test('are listed page by page, with how many they are in all', async () => {
    for (const everybody of ways)
      expect(await foundIds(everybody, { audience: 'hangzhou' }, { after: 'm05', limit: 3 })).toEqual({
        ids: ['m06', 'm08', 'm09'],
        total: 8,
      })
  })

  test('of an audience that there is not are no empty list', async () => {
    for (const everybody of ways)
      await expect(
        foundIds(everybody, { audience: 'none' }, { after: null, limit: 3 }),
      ).rejects.toMatchObject({ code: 'not-found' })
  })
})
