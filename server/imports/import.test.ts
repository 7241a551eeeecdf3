import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportKind } from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { type ImportHooks, type ImportRequest, importFile, inspectFile } from './index.ts'

let db: BrandDatabase
let folder: string
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
  folder = mkdtempSync(join(tmpdir(), 'magpie-import-'))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const receivedAt = Date.parse('2026-08-01T00:00:00Z')

function take(
  kind: ImportKind,
  text: string | Uint8Array,
  request: Partial<ImportRequest> = {},
  hooks: ImportHooks = {},
) {
  const source = typeof text === 'string' ? Buffer.from(text) : text
  return importFile(
    db,
    { kind, source, zone: 'Asia/Shanghai', currency: 'CNY', receivedAt, ...request },
    hooks,
  )
}

async function problemOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error instanceof Problem ? error.code : error
  }
  return null
}

const customerOf = (id: string) =>
  db.sqlite.prepare<[string], Record<string, unknown>>('select * from customers where id = ?').get(id)
const orderOf = (id: string) =>
  db.sqlite.prepare<[string], Record<string, unknown>>('select * from events where id = ?').get(id)
const count = (table: 'customers' | 'events') =>
  db.sqlite.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n
const snapshot = () =>
  ['customers', 'events'].map((table) => db.sqlite.prepare(`select * from ${table}`).all())

const members = 'customer_id,name,phone\n1,织女,19900000001\n2,牛郎,\n'
const orders = 'order_id,customer_id,ordered_at,amount\nA,1,2025-08-20,129.70\nB,2,2025-08-21 20:15,8\n'

describe('importing customers', () => {
  test('keeps what the columns say, and every other column as an attribute', async () => {
    const report = await take(
      'customers',
      [
        'customer_id,name,phone,email,gender,birthday,city,registered_at,timezone,language,consent_sms,consent_email,tier,points,code,level',
        '007,织女,+86 199 0000 0001,ZN@example.com,女,1990/2/3,杭州,2024-01-02 03:04,Asia/Urumqi,中文,是,N,金卡,120,0012,1',
        '008,,,,,,,,,,,,银卡,9.5,0013,',
      ].join('\n'),
    )
    expect(report).toMatchObject({
      rows: 2,
      imported: 2,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      encoding: 'utf-8',
    })
    expect(customerOf('007')).toMatchObject({
      name: '织女',
      phone: '19900000001',
      email: 'zn@example.com',
      gender: 'female',
      birthday: '1990-02-03',
      city: '杭州',
      registered_at: Date.parse('2024-01-02T03:04:00+08:00'),
      timezone: 'Asia/Urumqi',
      language: 'zh-CN',
      consent_sms: 1,
      consent_email: 0,
      attributes: JSON.stringify({ code: '0012', level: 1, points: 120, tier: '金卡' }),
      updated_at: receivedAt,
    })
    expect(customerOf('008')).toMatchObject({
      name: null,
      consent_sms: null,
      attributes: JSON.stringify({ code: '0013', points: 9.5, tier: '银卡' }),
    })
  })

  test('a column of words, or of codes, stays text though some of it are numbers', async () => {
    await take('customers', 'customer_id,a,b,c,d\n1,1,01,1,12345678901234567\n2,x,2,-2.5,2\n3,y,3,2,\n')
    expect(customerOf('1')?.attributes).toBe(
      JSON.stringify({ a: '1', b: '01', c: 1, d: '12345678901234567' }),
    )
  })

  test('the same file twice changes nothing', async () => {
    await take('customers', members)
    const before = snapshot()
    const again = await take('customers', members, { receivedAt: receivedAt + 1 })
    expect(again).toMatchObject({ imported: 0, updated: 0, unchanged: 2, rejected: 0 })
    expect(snapshot()).toEqual(before)
  })

  test('a later file changes what it says, and blank cells leave what is known', async () => {
    await take('customers', 'customer_id,name,phone,tier\n1,织女,19900000001,金卡\n')
    const report = await take('customers', 'customer_id,name,city,points\n1,,杭州,5\n', {
      receivedAt: receivedAt + 1,
    })
    expect(report).toMatchObject({ imported: 0, updated: 1 })
    expect(customerOf('1')).toMatchObject({
      name: '织女',
      phone: '19900000001',
      city: '杭州',
      attributes: JSON.stringify({ tier: '金卡', points: 5 }),
      updated_at: receivedAt + 1,
    })
  })

  test('of two rows of one customer that differ, the first counts', async () => {
    const text = 'customer_id,name\n1,织女\n1,牛郎\n1,织女\n'
    const first = await take('customers', text)
    expect(first).toMatchObject({ imported: 1, unchanged: 1, rejected: 1 })
    expect(first.rejections).toMatchObject([{ line: 3, code: 'duplicate-customer' }])
    const before = snapshot()
    expect(await take('customers', text)).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: 2,
      rejected: 1,
    })
    expect(snapshot()).toEqual(before)
  })
})

describe('importing orders', () => {
  beforeEach(async () => {
    await take('customers', members)
  })

  test('rule 4: imported orders are history that starts and wakes nothing', async () => {
    await take(
      'orders',
      'order_id,customer_id,ordered_at,amount,items,品类\n9,1,2025-08-20,129.70,2,箱包|文具\n8,2,2025-08-20,1,1,文具\n',
    )
    expect(orderOf('9')).toMatchObject({
      customer_id: '1',
      name: 'order',
      at: Date.parse('2025-08-20T00:00:00+08:00'),
      received_at: receivedAt,
      amount: 12_970,
      properties: JSON.stringify({ items: 2, 品类: ['箱包', '文具'] }),
      source: 'history',
      pending: 0,
    })
    expect(orderOf('8')?.properties).toBe(JSON.stringify({ items: 1, 品类: ['文具'] }))
  })

  test('an order keeps its lines in a later file that has no columns of them, and gets others from one that has', async () => {
    const bought = (text: string) =>
      `order_id,customer_id,ordered_at,amount,item_title,item_quantity,item_price\n${text}`
    await take('orders', bought('A,1,2025-08-20,129.70,礼盒,1,99.70\nA,1,2025-08-20,129.70,贺卡,3,10\n'))
    const kept = JSON.parse(String(orderOf('A')?.properties))
    expect(kept.items).toHaveLength(2)
    const bare = 'order_id,customer_id,ordered_at,amount\nA,1,2025-08-20,'
    expect(await take('orders', `${bare}129.70\n`)).toMatchObject({ updated: 0, unchanged: 1 })
    expect(await take('orders', `${bare}100\n`)).toMatchObject({ updated: 1 })
    expect(orderOf('A')).toMatchObject({ amount: 10_000, properties: JSON.stringify(kept) })
    await take('orders', bought('A,1,2025-08-20,30,贺卡,3,10\n'))
    expect(JSON.parse(String(orderOf('A')?.properties)).items).toMatchObject([{ title: '贺卡' }])
  })

  test('the same orders twice change nothing, their columns moved or not', async () => {
    const text = 'order_id,customer_id,ordered_at,amount,b,a\nA,1,2025-08-20,129.70,x,y\n'
    await take('orders', text)
    const before = snapshot()
    expect(await take('orders', text)).toMatchObject({ imported: 0, updated: 0, unchanged: 1 })
    const moved = 'a,amount,b,ordered_at,customer_id,order_id\ny,129.7,x,2025/8/20,1,A\n'
    expect(await take('orders', moved)).toMatchObject({ imported: 0, updated: 0, unchanged: 1 })
    expect(snapshot()).toEqual(before)
  })

  test('broken rows are listed with line and reason while the good rows enter', async () => {
    const text = [
      'order_id,customer_id,ordered_at,amount',
      'A,1,2025-08-20,1',
      'B,1,2025-08-20',
      'C,1,2025-08-20,1,x',
      ',1,2025-08-20,1',
      'D,,2025-08-20,1',
      'E,1,soon,1',
      'F,1,,1',
      'G,1,2025-08-20,a lot',
      'H,1,2025-08-20,-5',
      'I,1,2025-08-20,',
      'J,9,2025-08-20,1',
      'K,1,"2025-08-20,1',
      'A,1,2025-08-20,2',
      'A,1,2025-08-20,1',
      'Z,2,2025-08-21,2',
      '',
    ].join('\r\n')
    const report = await take('orders', text)
    expect(report).toMatchObject({ rows: 15, imported: 2, updated: 0, unchanged: 1, rejected: 12 })
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
      [3, 'wrong-columns'],
      [4, 'wrong-columns'],
      [5, 'missing-value'],
      [6, 'missing-value'],
      [7, 'invalid-date'],
      [8, 'missing-value'],
      [9, 'invalid-amount'],
      [10, 'negative-amount'],
      [11, 'missing-value'],
      [12, 'unknown-customer'],
      [13, 'broken-quotes'],
      [14, 'duplicate-order'],
    ])
    expect(report.rejections[4]?.reason).toEqual({
      'zh-CN': '“ordered_at”的“soon”不是日期或时间，请写成 2026-08-19 10:00 的样子',
      en: '“soon” in “ordered_at” is no date or time; write it like 2026-08-19 10:00',
    })
    expect(count('events')).toBe(2)
    expect(orderOf('A')?.amount).toBe(100)
  })

  test('a later file corrects an order of an earlier one', async () => {
    await take('orders', orders)
    const report = await take('orders', orders.replace('129.70', '130'))
    expect(report).toMatchObject({ imported: 0, updated: 1, unchanged: 1 })
    expect(orderOf('A')?.amount).toBe(13_000)
  })

  test('rule 24: an order number belongs to one customer, and a second claim in a later file is refused aloud', async () => {
    await take('orders', orders)
    const report = await take('orders', 'order_id,customer_id,ordered_at,amount\nA,2,2025-08-20,1\n')
    expect(report).toMatchObject({ imported: 0, updated: 0, rejected: 1 })
    expect(report.rejections).toMatchObject([{ line: 2, code: 'order-claimed' }])
    expect(orderOf('A')).toMatchObject({ customer_id: '1' })
  })

  test('an order that came in live is left as it is', async () => {
    const at = Date.parse('2025-08-20T00:00:00+08:00')
    const live = { id: 'A', customerId: '1', name: 'order', at, amount: 5_000, properties: {} }
    insertEvents(db, [live], { source: 'api', receivedAt, pending: true })
    const report = await take('orders', orders)
    expect(report).toMatchObject({ imported: 1, rejected: 1 })
    expect(report.rejections).toMatchObject([{ line: 2, code: 'order-known' }])
    expect(orderOf('A')).toMatchObject({ amount: 5_000, source: 'api', pending: 1 })
  })

  test('all rejected rows are written to a file that can be mended and read again', async () => {
    const path = join(folder, 'deep', 'rejected.csv')
    await take('orders', 'order_id,customer_id,ordered_at,amount\nA,9,2025-08-20,1\nB,1,"x, y",1\n', {
      rejectedPath: path,
    })
    expect(readFileSync(path, 'utf8')).toBe(
      [
        '\uFEFF"line","原因","reason","order_id","customer_id","ordered_at","amount"',
        '"2","没有编号为“9”的客户，请先导入客户","There is no customer “9”; import the customers first","A","9","2025-08-20","1"',
        '"3","“ordered_at”的“x, y”不是日期或时间，请写成 2026-08-19 10:00 的样子","“x, y” in “ordered_at” is no date or time; write it like 2026-08-19 10:00","B","1","x, y","1"',
        '',
      ].join('\r\n'),
    )
  })

  test('the report names the first thousand, the counts and the file have all', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `${index},9,2025-08-20,1`)
    const path = join(folder, 'rejected.csv')
    const report = await take('orders', ['order_id,customer_id,ordered_at,amount', ...rows].join('\n'), {
      rejectedPath: path,
    })
    expect([report.rejected, report.rejections.length]).toEqual([5_000, 1_000])
    expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(5_002)
  })
})

describe('a file', () => {
  test('in GB18030 enters as one in UTF-8 does', async () => {
    const report = await take('customers', iconv.encode('会员号,姓名,等级\n1,织女,金卡\n', 'gb18030'))
    expect(report).toMatchObject({
      encoding: 'gb18030',
      imported: 1,
      mapping: { 会员号: 'customer_id', 姓名: 'name' },
    })
    expect(customerOf('1')).toMatchObject({ name: '织女', attributes: JSON.stringify({ 等级: '金卡' }) })
  })

  test.each<[string, ImportKind, string, string]>([
    ['of nobody', 'customers', 'name,city\na,b\n', 'csv-missing-column'],
    ['without a required column', 'orders', 'order_id,customer_id,amount\nA,1,1\n', 'csv-missing-column'],
    ['that is empty', 'customers', '', 'csv-empty'],
  ])('%s changes nothing', async (_case, kind, text, code) => {
    await take('customers', members)
    const before = snapshot()
    expect(await problemOf(take(kind, text))).toBe(code)
    expect(snapshot()).toEqual(before)
  })

  test('with bytes that mean nothing at its end changes nothing', async () => {
    const source = Buffer.concat([Buffer.from(members.repeat(3)), Buffer.from([0xff, 0xff])])
    expect(await problemOf(take('customers', source))).toBe('csv-encoding')
    expect(count('customers')).toBe(0)
  })

  test('is mapped as asked', async () => {
    const mapping = { a: 'customer_id', b: 'ignore', c: 'attribute' }
    await take('customers', 'a,b,c\n1,2,3\n', { mapping })
    expect(customerOf('1')).toMatchObject({ name: null, attributes: JSON.stringify({ c: 3 }) })
  })

  test.each([
    ['beside others', 1_000, false],
    ['alone', 4_000, true],
  ])(
    '%s tells how far it is, and stops when it is told to, keeping what it wrote',
    async (_, batch, alone) => {
      const all = 5 * batch
      const rows = Array.from({ length: all }, (_, index) => `${index}`)
      const text = ['customer_id', ...rows].join('\n')
      const stop = new AbortController()
      const seen: [number, number][] = []
      const onProgress = ({ done, of }: { done: number; of: number }) => {
        seen.push([done, of])
        if (done >= 2 * batch) stop.abort()
      }
      expect(await problemOf(take('customers', text, {}, { onProgress, signal: stop.signal, alone }))).toBe(
        'import-cancelled',
      )
      expect(seen).toEqual([
        [0, all],
        [batch, all],
        [2 * batch, all],
      ])
      expect(count('customers')).toBe(2 * batch)
      expect(db.sqlite.inTransaction).toBe(false)
      expect(await take('customers', text)).toMatchObject({
        imported: 3 * batch,
        unchanged: 2 * batch,
      })
    },
  )

  test.each([false, true])(
    'says of orders what their rows say, in whatever order they are written (alone: %s)',
    async (alone) => {
      const row = (index: number) => `o${index},c${9_999 - index},,2025-08-20,${index}`
      const rows = Array.from({ length: 2_500 }, (_, index) => row(index))
      // Whom an earlier row has made is known by the address; of one number twice the first row counts.
      rows[0] = 'o0,z,13800000001,2025-08-20,1'
      rows[2_400] = 'o2400,,13800000001,2025-08-20,2'
      rows[2_410] = 'Ｏ9,z,,2025-08-20,3'
      rows[2_411] = 'O9,a,,2025-08-20,4'
      const text = ['order_id,customer_id,phone,ordered_at,amount', ...rows].join('\n')
      const report = await take('orders', text, { options: { createCustomers: true } }, { alone })
      expect(report).toMatchObject({ imported: 2_499, matched: 1, rejected: 1 })
      expect(report.rejections).toMatchObject([{ line: 2_413, code: 'order-claimed' }])
      expect(orderOf('o2400')).toMatchObject({ customer_id: 'z', amount: 200 })
      expect(orderOf('O9')).toMatchObject({ customer_id: 'z', amount: 300 })
      expect(orderOf('o7')).toMatchObject({ customer_id: 'c9992', amount: 700 })
    },
  )

  test('can be looked into before anything is written', async () => {
    const answer = await inspectFile({
      source: iconv.encode('订单号,会员号,下单时间,金额\nA,1,2025-08-20,1\nB,1\n', 'gb18030'),
    })
    expect(answer).toMatchObject({
      kind: 'orders',
      sure: true,
      header: 1,
      delimiter: ',',
      warnings: [],
      encoding: 'gb18030',
      columns: ['订单号', '会员号', '下单时间', '金额'],
      mapping: { 订单号: 'order_id', 会员号: 'customer_id', 下单时间: 'ordered_at', 金额: 'amount' },
      sample: [{ 订单号: 'A', 会员号: '1', 下单时间: '2025-08-20', 金额: '1' }],
      rows: 2,
    })
    expect((await inspectFile({ source: Buffer.from('order_id,amount\n'), kind: 'customers' })).kind).toBe(
      'customers',
    )
  })
})
