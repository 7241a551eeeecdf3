import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportKind, ImportOptions } from '../../shared/api/imports.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { importFile, inspectFile } from './index.ts'

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const pathOf = (name: string) => new URL(`./fixtures/${name}.csv`, import.meta.url)
const bytesOf = (name: string) => readFileSync(pathOf(name))

/** What a file is taken for, and the columns that it is known by. */
async function known(name: string) {
  const { kind, sure, mapping, header } = await inspectFile({ source: bytesOf(name), name: `${name}.csv` })
  const fields = Object.entries(mapping).filter(([, field]) => field !== 'attribute' && field !== 'ignore')
  return { kind, sure, header, ...Object.fromEntries(fields.map(([column, field]) => [field, column])) }
}

function take(
  source: string | Uint8Array,
  kind: ImportKind,
  options: Partial<ImportOptions> = {},
  name = '',
) {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  return importFile(db, {
    ...{
      kind,
      source: bytes,
      name,
      zone: 'Asia/Shanghai',
      currency: 'CNY',
      receivedAt: at('2026-08-15T12:00:00'),
      options,
    },
  })
}
const shop = (name: string, kind: ImportKind, options: Partial<ImportOptions> = {}) =>
  take(bytesOf(name), kind, options, `${name}.csv`)

interface OrderRow {
  id: string
  customer: string
  amount: number
  at: number
  properties: string
}
const orders = () =>
  db.sqlite
    .prepare<[], OrderRow>(
      `select id, customer_id as customer, amount, at, properties from events where name = 'order' order by id`,
    )
    .all()
const bought = () => orders().map(({ id, customer, amount }) => [id, customer, amount])
/** What was given back: the order, how much, and when. */
const givenBack = () =>
  db.sqlite
    .prepare(
      `select json_extract(properties, '$.order_id'), amount, at from events where name = 'refund' order by id`,
    )
    .raw()
    .all()
const customers = () =>
  db.sqlite.prepare<[], Record<string, unknown>>('select * from customers order by id').all()
const tagsOf = (id: string) =>
  db.sqlite.prepare('select tag from tags where customer_id = ? order by tag').pluck().all(id)
const closed = () =>
  db.sqlite
    .prepare(
      'select address, channel, closed_why as why from address_states where closed_why is not null order by address',
    )
    .all()
const passed = (report: Awaited<ReturnType<typeof take>>) =>
  report.passedRows.map(({ code, count, lines }) => [code, count, ...lines])
const at = (text: string) => Date.parse(`${text}+08:00`)

const members =
  'customer_id,name,phone,email\nm1,甲,19900000001,ana@example.com\nm2,乙,19900000002,bo@example.com\n'

describe('what a file is taken for', () => {
  test.each([
    [
      'shopify-orders',
      'orders',
      {
        order_id: 'Name',
        ordered_at: 'Paid at',
        created_at: 'Created at',
        amount: 'Total',
        state: 'Financial Status',
        refunded: 'Refunded Amount',
        email: 'Email',
        item_title: 'Lineitem name',
      },
    ],
    [
      'shopify-customers',
      'customers',
      {
        customer_id: 'Customer ID',
        consent_email: 'Accepts Email Marketing',
        consent_sms: 'Accepts SMS Marketing',
        tags: 'Tags',
        phone: 'Phone',
      },
    ],
    [
      'woocommerce-orders',
      'orders',
      {
        order_id: 'Order Number',
        amount: 'Order Total Amount',
        refunded: 'Order Refund Amount',
        email: 'Email (Billing)',
        item_quantity: 'Quantity (- Refund)',
      },
    ],
    [
      'woocommerce-customers',
      'customers',
      { email: 'Email', registered_at: 'Sign up', customer_id: 'Username' },
    ],
    [
      'subscribed_members_export_0a1b2c',
      'customers',
      {
        customer_id: 'LEID',
        email: 'Email Address',
        opted_in_email: 'OPTIN_TIME',
        tags: 'TAGS',
        birthday: 'Birthday',
      },
    ],
    ['unsubscribed_members_export_0a1b2c', 'customers', { unsubscribed_email: 'UNSUB_TIME' }],
    ['cleaned_members_export_0a1b2c', 'customers', { unsubscribed_email: 'CLEAN_TIME' }],
    [
      'taobao-orders',
      'orders',
      {
        order_id: '订单编号',
        customer_id: '买家会员名',
        amount: '买家实际支付金额',
        ordered_at: '订单付款时间',
        refunded: '退款金额',
        state: '订单状态',
      },
    ],
    [
      'youzan-orders',
      'orders',
      { order_id: '订单号', amount: '订单实付金额', ordered_at: '买家付款时间', phone: '买家手机号' },
    ],
    [
      'youzan-members',
      'customers',
      { phone: '手机号', name: '姓名', tags: '标签', consent_sms: '是否接受短信', header: 2 },
    ],
    [
      'jd-orders',
      'orders',
      { order_id: '订单号', customer_id: '下单帐号', ordered_at: '下单时间', item_title: '商品名称' },
    ],
    [
      'xiaohongshu-orders',
      'orders',
      { order_id: '订单号', amount: '用户应付金额(元)', refund_state: '售后状态' },
    ],
    [
      'wecom-customers',
      'customers',
      { name: '客户名称', phone: '手机', registered_at: '添加时间', tags: '标签' },
    ],
  ])('%s holds %s', async (name, kind, fields) => {
    expect(await known(name)).toMatchObject({ kind, sure: true, ...fields })
  })

  test('columns of names that no list has are known by the words in them', async () => {
    const source = Buffer.from(
      '平台订单编号,会员手机号码,最终付款日期,订单实付金额合计,实付运费,当前订单状态\n',
    )
    const { kind, mapping } = await inspectFile({ source })
    expect({ kind, mapping }).toEqual({
      kind: 'orders',
      mapping: {
        平台订单编号: 'order_id',
        会员手机号码: 'phone',
        最终付款日期: 'ordered_at',
        订单实付金额合计: 'amount',
        实付运费: 'attribute',
        当前订单状态: 'state',
      },
    })
  })

  test('a file that says too little of either is told to be doubtful', async () => {
    expect(await inspectFile({ source: Buffer.from('name,city\na,b\n') })).toMatchObject({
      kind: 'customers',
      sure: false,
      warnings: [{ code: 'kind-unsure' }],
    })
  })
})

describe('orders of', () => {
  test('Shopify: lines make one order, whose buyer is known by e-mail; what is no purchase is told', async () => {
    await take(members, 'customers')
    const report = await shop('shopify-orders', 'orders')
    expect(bought()).toEqual([
      ['#1001', 'm1', 25_800],
      ['#1002', 'm2', 10_000],
    ])
    expect(givenBack()).toEqual([['#1002', 3_000, at('2026-06-02T10:00:00')]])
    expect(JSON.parse(orders()[0]?.properties ?? '')).toMatchObject({
      items: [
        { title: 'Gift box', sku: 'GB-1', quantity: 1, price: 19_900 },
        { title: 'Tea', sku: 'T-2', quantity: 2, price: 2_950 },
      ],
      'Financial Status': 'paid',
      Source: 'web',
    })
    expect(report).toMatchObject({ imported: 2, lines: 1, passed: 3, rejected: 0, matched: 2, cells: 0 })
    expect(passed(report)).toEqual([
      ['order-refunded', 1, 5],
      ['order-closed', 1, 6],
      ['order-unpaid', 1, 7],
    ])
    expect(await shop('shopify-orders', 'orders')).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: 2,
      lines: 1,
    })
  })

  test('Shopify make the customers whom nobody knows, where that is asked for', async () => {
    expect(await shop('shopify-orders', 'orders')).toMatchObject({ imported: 0, rejected: 3, created: 0 })
    expect(customers()).toEqual([])
    const report = await shop('shopify-orders', 'orders', { createCustomers: true })
    expect(report).toMatchObject({ imported: 2, created: 2, rejected: 0 })
    expect(customers()).toMatchObject([
      {
        id: 'ana@example.com',
        email: 'ana@example.com',
        phone: '19900000001',
        name: 'Ana Lin',
        consent_email: 1,
      },
      { id: 'bo@example.com', email: 'bo@example.com', consent_email: 0 },
    ])
  })

  test('WooCommerce: the amount that each line repeats is taken once, what was given back is an event of its own', async () => {
    await take(members, 'customers')
    const report = await shop('woocommerce-orders', 'orders')
    expect(bought()).toEqual([
      ['3001', 'm1', 15_000],
      ['3002', 'm2', 8_000],
    ])
    expect(givenBack()).toEqual([['3002', 3_000, at('2026-06-02T10:00:00')]])
    expect(passed(report)).toEqual([
      ['order-closed', 1, 5],
      ['order-unpaid', 1, 6],
    ])
  })

  test('Taobao: what was paid counts, wrappings are taken off, a closed order is no purchase', async () => {
    await take('会员编号,手机号\ntb甲,19900000001\ntb乙,19900000002\n', 'customers')
    const report = await shop('taobao-orders', 'orders')
    expect(bought()).toEqual([
      ['2700000000000000001', 'tb甲', 25_900],
      ['2700000000000000003', 'tb乙', 8_800],
    ])
    expect(givenBack()).toMatchObject([['2700000000000000003', 2_000, expect.any(Number)]])
    expect(orders()[0]?.at).toBe(at('2026-06-18T00:03:40'))
    expect(passed(report)).toEqual([
      ['order-closed', 1, 3],
      ['order-refunded', 1, 5],
      ['order-unpaid', 1, 6],
    ])
  })

  test('Youzan and JD find their buyers by phone where the program’s own id is not known', async () => {
    await take(members, 'customers')
    expect(await shop('youzan-orders', 'orders')).toMatchObject({ imported: 1, passed: 2, matched: 1 })
    expect(await shop('jd-orders', 'orders')).toMatchObject({ imported: 1, lines: 1, passed: 1, matched: 1 })
    expect(bought()).toEqual([
      ['300000000001', 'm1', 22_850],
      ['E20260618000300001', 'm1', 19_900],
    ])
  })

  test('小红书 that came back after all are no purchases', async () => {
    await take(members, 'customers')
    const report = await shop('xiaohongshu-orders', 'orders')
    expect(bought()).toEqual([['P700000000000000001', 'm1', 17_900]])
    expect(passed(report)).toEqual([['order-refunded', 1, 3]])
  })

  test('a later file that closes an order takes the purchase back', async () => {
    await take(members, 'customers')
    const file = (state: string) => `订单号,会员号,付款时间,金额,订单状态\nA,m1,2026-06-01,9,${state}\n`
    expect(await take(file('交易成功'), 'orders')).toMatchObject({ imported: 1 })
    expect(await take(file('退款成功'), 'orders')).toMatchObject({ passed: 1, withdrawn: 1 })
    expect(bought()).toEqual([])
    expect(await take(file('退款成功'), 'orders')).toMatchObject({ passed: 1, withdrawn: 0 })
  })

  test('lines of one order that stand apart are put together', async () => {
    await take(members, 'customers')
    const text =
      'order id,email,paid at,total,product name\nA,ana@example.com,2026-06-01,9,a\nB,ana@example.com,2026-06-02,8,b\nA,ana@example.com,2026-06-01,9,c\n'
    expect(await take(text, 'orders')).toMatchObject({ imported: 2, lines: 1 })
    expect(orders()[0]?.properties).toMatch(/a.*c/)
    expect(await take(text, 'orders')).toMatchObject({ unchanged: 2, lines: 1 })
  })

  test('somebody whose address two customers share are refused, unless the id is there', async () => {
    await take('customer_id,phone\na,19900000007\nb,+86 199-0000-0007\n', 'customers')
    const head = '订单号,会员号,手机号,付款时间,金额\n'
    const report = await take(`${head}A,,19900000007,2026-06-01,9\nB,b,19900000007,2026-06-01,9\n`, 'orders')
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([[2, 'shared-address']])
    expect(bought()).toEqual([['B', 'b', 900]])
  })

  test('an order with a time of creation only, where no time of payment says that it was paid, is unpaid', async () => {
    await take(members, 'customers')
    const head = '订单号,会员号,付款时间,创建时间,金额'
    const row = 'A,m1,,2026-06-01 10:00,9'
    expect(passed(await take(`${head}\n${row}\n`, 'orders'))).toEqual([['order-unpaid', 1, 2]])
    expect(await take(`${head},订单状态\n${row},已完成\n`, 'orders')).toMatchObject({ imported: 1 })
  })

  test('a state that is not known counts as a purchase, and is told', async () => {
    await take(members, 'customers')
    const report = await take('订单号,会员号,付款时间,金额,订单状态\nA,m1,2026-06-01,9,某状态\n', 'orders')
    expect(report).toMatchObject({
      imported: 1,
      cellFaults: [{ line: 2, code: 'unknown-state', column: '订单状态' }],
    })
  })
})

describe('money that was given back', () => {
  const file = (state: string, back: string, amount = '100.00') =>
    `order id,customer id,paid at,total,refunded amount,state\nA,m1,2026-06-01 10:00,${amount},${back},${state}\n`

  test('in part is a refund of the order, which a later file may correct', async () => {
    await take(members, 'customers')
    expect(await take(file('paid', '0'), 'orders')).toMatchObject({ imported: 1 })
    expect(givenBack()).toEqual([])
    expect(await take(file('paid', '30'), 'orders')).toMatchObject({ updated: 1 })
    expect(bought()).toEqual([['A', 'm1', 10_000]])
    expect(givenBack()).toEqual([['A', 3_000, at('2026-06-01T10:00:00')]])
    expect(await take(file('paid', '-30.00'), 'orders')).toMatchObject({ unchanged: 1 })
    expect(await take(file('paid', '45'), 'orders')).toMatchObject({ updated: 1 })
    expect(givenBack()).toMatchObject([['A', 4_500, expect.any(Number)]])
    // A file that does not say leaves what is known.
    expect(await take(file('paid', ''), 'orders')).toMatchObject({ unchanged: 1 })
    expect(givenBack()).toMatchObject([['A', 4_500, expect.any(Number)]])
    expect(await take(file('paid', '0'), 'orders')).toMatchObject({ updated: 1 })
    expect(givenBack()).toEqual([])
    await take(file('paid', '20'), 'orders')
    expect(await take(file('refunded', '100'), 'orders')).toMatchObject({ passed: 1, withdrawn: 1 })
    expect([bought(), givenBack()]).toEqual([[], []])
  })

  test('of an order that came in live is told to the engine, less what live refunds account for', async () => {
    await take(members, 'customers')
    const live = { id: 'A', customerId: 'm1', at: at('2026-06-01T10:00:00') }
    const order = { ...live, name: 'order', amount: 10_000, properties: {} }
    const refund = { ...live, id: 'r1', name: 'refund', amount: 1_000, properties: { order_id: 'A' } }
    insertEvents(db, [order, refund], { source: 'api', receivedAt: 1, pending: false })
    const told = () =>
      db.sqlite.prepare(`select id, amount, at, pending from events where id like 'file:%'`).raw().all()
    const now = at('2026-08-15T12:00:00')
    await take(file('paid', '30'), 'orders')
    expect(told()).toEqual([['file:A', 2_000, now, 1]])
    // Of another order of that number it says nothing.
    const other = await take(file('paid', '50', '90.00'), 'orders')
    expect(other).toMatchObject({ rejections: [{ code: 'order-known' }] })
    expect(told()).toEqual([['file:A', 2_000, now, 1]])
    db.sqlite.exec('update events set pending = 0')
    expect(await take(file('refunded', '100'), 'orders')).toMatchObject({ passed: 1, withdrawn: 1 })
    expect(told()).toEqual([['file:A', 9_000, now, 1]])
    expect(bought()).toEqual([['A', 'm1', 10_000]])
  })

  test('by an order below zero is none: it is refused as the API refuses it', async () => {
    await take(members, 'customers')
    const report = await take(
      'order id,customer id,paid at,total\nA,m1,2026-06-01,-5\nB,m1,2026-06-01,0\n',
      'orders',
    )
    expect(report.rejections).toMatchObject([{ line: 2, code: 'negative-amount' }])
    expect(bought()).toEqual([['B', 'm1', 0]])
  })
})

describe('members of', () => {
  test('Shopify: consents are heeded, tags are tags', async () => {
    await shop('shopify-customers', 'customers')
    expect(customers()).toMatchObject([
      {
        id: '6600000000001',
        name: 'Ana Lin',
        phone: '19900000001',
        city: 'Hangzhou',
        consent_email: 1,
        consent_sms: 0,
      },
      { id: '6600000000002', name: 'Bo', consent_email: 0, consent_sms: 0 },
    ])
    expect(tagsOf('6600000000001')).toEqual(['VIP', 'tea'])
  })

  test('WooCommerce', async () => {
    expect(await shop('woocommerce-customers', 'customers')).toMatchObject({ imported: 2, cells: 0 })
    expect(customers()[0]).toMatchObject({ id: 'ana', registered_at: at('2024-05-01T08:00:00') })
  })

  test('Mailchimp: a birthday has no year, a bad cell costs the cell, lists say who wants mail', async () => {
    const report = await shop('subscribed_members_export_0a1b2c', 'customers')
    expect(report).toMatchObject({
      imported: 2,
      rejected: 0,
      cells: 1,
      cellFaults: [{ line: 3, column: 'Birthday', value: '13/45', code: 'invalid-date' }],
    })
    expect(customers()).toMatchObject([
      { id: '200000001', birthday: '--08-19', consent_email: 1, timezone: 'America/Toronto' },
      { id: '200000002', birthday: null, consent_email: 1 },
    ])
    expect(tagsOf('200000001')).toEqual(['Blog', 'VIP'])
    expect(tagsOf('200000002')).toEqual(['Sommer', 'VIP'])
  })

  test('Mailchimp who left, or whose mail came back, are never made into consenting ones', async () => {
    await shop('unsubscribed_members_export_0a1b2c', 'customers')
    await shop('cleaned_members_export_0a1b2c', 'customers')
    expect(customers()).toMatchObject([
      { id: '200000003', consent_email: 0 },
      { id: '200000004', consent_email: 0 },
    ])
    const out = [
      { address: 'dan@example.com', channel: 'email', why: 'opted_out' },
      { address: 'eve@example.com', channel: 'email', why: 'hard_bounce' },
    ]
    expect(closed()).toEqual(out)
    await take('customer_id,consent_email\n200000003,yes\n', 'customers')
    expect(closed()).toEqual(out)
    // The file's name alone says so where it has no column for it.
    await take(
      'Email Address,LEID,EUID\nfay@example.com,200000005,f\n',
      'customers',
      {},
      'nonsubscribed_members_export_1.csv',
    )
    expect(customers().at(-1)).toMatchObject({ id: '200000005', consent_email: 0 })
  })

  test('Youzan: the title and the total are no members, whose phone is their number', async () => {
    const report = await shop('youzan-members', 'customers')
    expect(passed(report)).toEqual([['total-row', 1, 5]])
    expect(report.cellFaults).toMatchObject([{ line: 4, column: '生日', value: '1992-02-30' }])
    expect(customers()).toMatchObject([
      { id: '19900000001', name: '甲', birthday: '--08-19', consent_sms: 1, gender: 'female' },
      { id: '19900000002', name: '乙', birthday: null, consent_sms: 0, gender: null },
    ])
    expect(tagsOf('19900000001')).toEqual(['VIP', '茶客'])
    expect(tagsOf('19900000002')).toEqual([])
  })

  test('WeCom', async () => {
    expect(await shop('wecom-customers', 'customers')).toMatchObject({ imported: 2, cells: 0 })
    expect(tagsOf('19900000002')).toEqual(['老客', '茶客'])
    expect(customers()[0]).toMatchObject({
      attributes: JSON.stringify({ 来源: '扫描二维码', 添加人: '导购一', 添加人账号: 'guide1' }),
    })
  })
})

describe('a cell', () => {
  test('about consent that nobody understands is a no until it is mended', async () => {
    const report = await take('customer_id,consent_sms\n1,vielleicht\n', 'customers')
    expect(report.cellFaults).toMatchObject([{ line: 2, code: 'invalid-consent' }])
    expect(customers()).toMatchObject([{ consent_sms: 0 }])
  })

  test('whose quotation marks do not add up is told of before anything is written', async () => {
    const text = 'customer_id,name\n1,"A\n2,B\n'
    expect((await inspectFile({ source: Buffer.from(text) })).warnings).toMatchObject([
      { code: 'quotes-broken', text: { en: expect.stringContaining('(line 2 and so on)') } },
    ])
    expect((await take(text, 'customers')).rejections).toMatchObject([{ line: 2, code: 'broken-quotes' }])
  })

  test('of a date that may be two days stays out until somebody says which comes first', async () => {
    const text = 'customer_id,birthday\n1,03/04/1990\n'
    expect((await inspectFile({ source: Buffer.from(text) })).warnings).toMatchObject([
      { code: 'day-or-month', column: 'birthday' },
    ])
    expect((await take(text, 'customers')).cellFaults).toMatchObject([{ code: 'ambiguous-date' }])
    const types = { birthday: { type: 'date', format: 'day-first' } } as const
    const source = Buffer.from(text)
    await importFile(db, { kind: 'customers', source, zone: 'UTC', currency: 'CNY', receivedAt: 1, types })
    expect(customers()).toMatchObject([{ birthday: '1990-04-03' }])
  })

  test('of a column in which one day tells the order is read in that order', async () => {
    await take('customer_id,birthday\n1,03/04/1990\n2,25/12/1990\n', 'customers')
    expect(customers()).toMatchObject([{ birthday: '1990-04-03' }, { birthday: '1990-12-25' }])
  })

  test('in the brand’s own sign or code is its own money; another currency’s is refused', async () => {
    await take('customer_id\nc\n', 'customers')
    const text = [
      'order_id,customer_id,ordered_at,amount',
      'A,c,2026-01-01,"$1,234.50"',
      'B,c,2026-01-01,USD 12.00',
      'C,c,2026-01-01,12.00 USD',
      'D,c,2026-01-01,US$3',
      'E,c,2026-01-01,€5',
      'F,c,2026-01-01,¥5',
    ].join('\n')
    const request = { kind: 'orders', source: Buffer.from(text), zone: 'UTC', receivedAt: 1 } as const
    const report = await importFile(db, { ...request, currency: 'USD' })
    expect(bought().map(([id, , amount]) => [id, amount])).toEqual([
      ['A', 123_450],
      ['B', 1_200],
      ['C', 1_200],
      ['D', 300],
    ])
    expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
      [6, 'other-currency'],
      [7, 'other-currency'],
    ])
  })

  test('with a comma before its decimals is read so where the whole file is written so, else reported', async () => {
    await take(members, 'customers')
    const file = (...amounts: readonly string[]) =>
      ['order id;customer id;paid at;total', ...amounts.map((one, at) => `${at};m1;2026-06-01;${one}`)].join(
        '\n',
      )
    const comma = file('12,50', '1.280,00', '1.280', '¥1.280.000', '99', '3,5')
    expect((await inspectFile({ source: Buffer.from(comma) })).warnings.map(({ code }) => code)).toEqual([
      'decimal-comma',
    ])
    expect((await take(comma, 'orders')).rejections).toEqual([])
    expect(bought().map(([, , amount]) => amount)).toEqual([1_250, 128_000, 128_000, 128_000_000, 9_900, 350])
    const mixed = file('12,50', '12.50', '1,280')
    expect((await inspectFile({ source: Buffer.from(mixed) })).warnings.map(({ code }) => code)).toEqual([
      'decimal-marks-mixed',
    ])
    expect((await take(mixed, 'orders')).rejections).toMatchObject([{ line: 2, code: 'invalid-amount' }])
    expect((await take(file('1,280', '12.5'), 'orders')).rejections).toEqual([])
    expect(
      bought()
        .map(([, , amount]) => amount)
        .slice(0, 2),
    ).toEqual([128_000, 1_250])
  })

  test('of a currency without decimals is not divided', async () => {
    await take('customer_id\nc\n', 'customers')
    const source = Buffer.from('order_id,customer_id,ordered_at,amount\nA,c,2026-01-01,"¥1,280"\n')
    await importFile(db, { kind: 'orders', source, zone: 'UTC', receivedAt: 1, currency: 'JPY' })
    expect(bought()).toEqual([['A', 'c', 1_280]])
  })
})

describe('rows that are no data', () => {
  test('are passed over and told: the header once more, totals, remarks', async () => {
    const text =
      '会员号,姓名,积分\n1,甲,10\n会员号,姓名,积分\n2,乙,20\n小计,,30\n,总计,30\n注：仅供内部使用,,\n'
    const report = await take(text, 'customers')
    expect(passed(report)).toEqual([
      ['repeated-header', 1, 3],
      ['total-row', 2, 5, 6],
      ['remark', 1, 7],
    ])
    expect(report).toMatchObject({ imported: 2, passed: 4, rejected: 0, rows: 6 })
    expect(customers().map(({ id }) => id)).toEqual(['1', '2'])
  })

  test('are totals of groups too, whose count is nobody’s number', async () => {
    const text = '门店,会员号,姓名,消费\n一店,1,甲,10\n小计,7,,"1,234.50"\n合计计划店,9,乙,3\n总计,8,,¥20\n'
    const report = await take(text, 'customers')
    expect(passed(report)).toEqual([['total-row', 2, 3, 5]])
    expect(customers().map(({ id }) => id)).toEqual(['1', '9'])
  })

  test('are data where that is asked for', async () => {
    await take('会员号,姓名\nTotal,Ms Total\n', 'customers', { takeAll: true })
    expect(customers()).toMatchObject([{ id: 'Total', name: 'Ms Total' }])
  })

  test('do not take a member whose name or id merely begins so', async () => {
    await take('会员号,姓名\n1,总计划\nTotalMart,b\n3,Sum Lee\n', 'customers')
    expect(customers().map(({ id }) => id)).toEqual(['1', '3', 'TotalMart'])
  })
})

describe('the types of columns', () => {
  test('are proposed from their values; codes with leading zeros and long ids stay text', async () => {
    const text = [
      '会员号,门店编码,纪念日,累计消费,身份,余额',
      '1,010,2020/8/19,"1,280.00",1234567890123456789,¥20.50',
      '2,10,2020年8月19日,300,1234567890123456788,¥8',
      '3,0010,20200819,2000,1234567890123456787,¥9',
    ].join('\n')
    const { types } = await inspectFile({ source: Buffer.from(text) })
    expect(
      Object.fromEntries(Object.entries(types).map(([column, { type }]) => [column, type])),
    ).toMatchObject({
      门店编码: 'text',
      纪念日: 'date',
      累计消费: 'number',
      身份: 'text',
      余额: 'money',
    })
    await take(text, 'customers')
    expect(customers()[0]?.attributes).toBe(
      JSON.stringify({
        余额: '¥20.50',
        累计消费: '1,280.00',
        纪念日: '2020/8/19',
        身份: '1234567890123456789',
        门店编码: '010',
      }),
    )
    expect(db.sqlite.prepare('select name, type from attributes order by name').raw().all()).toEqual([
      ['余额', 'money'],
      ['累计消费', 'number'],
      ['纪念日', 'date'],
      ['身份', 'text'],
      ['门店编码', 'text'],
    ])
  })

  test('keep what cannot be read, so that another type or way of writing can read it later', async () => {
    const report = await take('会员号,到期日\n1,20260819\n2,20261231\n3,46253\n', 'customers')
    expect(report.cellFaults).toMatchObject([{ column: '到期日', value: '46253' }])
    expect(customers().map(({ attributes }) => attributes)).toEqual(
      ['20260819', '20261231', '46253'].map((到期日) => JSON.stringify({ 到期日 })),
    )
    expect(db.sqlite.prepare('select filled, unreadable from attributes').get()).toEqual({
      filled: 3,
      unreadable: 1,
    })
  })

  test('may be chosen, and then stay', async () => {
    const source = Buffer.from('customer_id,score\n1,5\n')
    const types = { score: { type: 'text', format: null } } as const
    await importFile(db, { kind: 'customers', source, zone: 'UTC', currency: 'CNY', receivedAt: 1, types })
    expect(customers()[0]?.attributes).toBe(JSON.stringify({ score: '5' }))
    await take('customer_id,score\n2,6\n', 'customers')
    expect(customers()[1]?.attributes).toBe(JSON.stringify({ score: '6' }))
  })

  test('ids that a spreadsheet has rounded are refused', async () => {
    const report = await take('customer_id,name\n2781230000000000000,a\n2781240000000001000,b\n', 'customers')
    expect(report.rejections).toEqual([])
    const rounded = await take('customer_id,name\n278123000000000000,a\n278124000000001000,b\n', 'customers')
    expect(rounded.rejections.map(({ code }) => code)).toEqual(['digits-rounded', 'digits-rounded'])
  })
})
