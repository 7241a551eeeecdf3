import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { coupon } from '../../../shared/nodes/coupon.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { getJourney, hashOf } from '../../store/sqlite/journeys/read.ts'
import { keptJourney } from './journey.ts'

/**
 * The first release counted money in hundredths whatever the currency. Its kept folder is of a brand of yuan; here
 * its brand is one of another currency, with a branch and an audience that ask for amounts.
 */
const here = dirname(fileURLToPath(import.meta.url))

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-currency-'))
  path = join(folder, 'own.sqlite')
  writeFileSync(path, gunzipSync(readFileSync(join(here, '0.1.0/own.sqlite.gz'))))
})
afterEach(() => rmSync(folder, { recursive: true }))

const spent = {
  kind: 'events',
  event: 'order',
  where: [],
  measure: 'sum',
  window: { kind: 'ever' },
  op: 'gte',
  value: 12_850,
}
/** Of the lines of orders prices are money too, and pieces are none. */
const dear = {
  ...{
    kind: 'events',
    event: '$order_line',
    measure: 'sum',
    property: 'net_amount',
    op: 'gte',
    value: 9_900,
  },
  where: [
    { property: 'price', op: 'gt', value: 5_000 },
    { property: 'quantity', op: 'gte', value: 200 },
  ],
  window: { kind: 'ever' },
}
const rich = { kind: 'all', of: [spent, { ...spent, measure: 'count', value: 2 }, dear] }
const large = { kind: 'entry', property: 'amount', op: 'in', value: [9_900, 12_800] }

const withBranch = {
  ...keptJourney,
  nodes: {
    ...keptJourney.nodes,
    asks: {
      type: 'branch',
      name: { 'zh-CN': '花得多', en: 'Spends much' },
      config: {
        branches: [
          { id: 'rich', name: { 'zh-CN': '多', en: 'Much' }, when: { kind: 'any', of: [spent, large] } },
        ],
      },
    },
    greet: {
      ...keptJourney.nodes.greet,
      config: {
        ...keptJourney.nodes.greet.config,
        text: { en: '{{ entry.amount | divided_by: 100 }} yen', 'zh-CN': '好' },
      },
    },
  },
}

function makeItABrandOf(currency: string): void {
  const sqlite = new Database(path)
  const sum = JSON.stringify({
    code: 'condition-held',
    seen: [{ kind: 'events', name: 'sum order', actual: 12_850, holds: true }],
  })
  sqlite.prepare(`update meta set value = json_set(value, '$.currency', ?) where key = 'brand'`).run(currency)
  sqlite.prepare('update journeys set draft = ?').run(JSON.stringify(withBranch))
  sqlite.prepare('update versions set graph = ?').run(JSON.stringify(withBranch))
  sqlite.prepare(`update audiences set condition = ?`).run(JSON.stringify(rich))
  sqlite
    .prepare(`update enrollments set entry = json_set(entry, '$.event', json(?)) where id = 2`)
    .run(JSON.stringify({ id: 'e', properties: { amount: 12_800, items: 2 } }))
  sqlite.prepare(`insert into traces values (2, 99, 0, 'asks', 'rich', ?)`).run(sum)
  sqlite.close()
}

const json = z.record(z.string(), z.unknown())

function amounts() {
  const db = openDatabase(path)
  const all = (sql: string) => db.sqlite.prepare<[], number>(sql).pluck().all()
  const text = (sql: string) =>
    json.parse(JSON.parse(db.sqlite.prepare<[], string>(sql).pluck().get() ?? '{}'))
  const { journey } = getJourney(db, 'autumn')
  const found = {
    orders: all(`select amount from events where name = 'order' order by seq limit 2`),
    lives: all(`select distinct amount from events where source = 'api' and name = 'order'`),
    coupons: db.sqlite.prepare('select distinct value, min_spend from coupons').raw().all(),
    goals: all('select distinct value from goal_hits'),
    told: all(
      `select json_extract(reason, '$.value') from traces where reason like '%goal-reached%' limit 1`,
    ),
    seen: all(`select json_extract(reason, '$.seen[0].actual') from traces where seq = 99`),
    entry: text('select entry from enrollments where id = 2'),
    kept: all(`select json_extract(data, '$.c.gift.value') from enrollments where id = 2`),
    audience: text('select condition from audiences'),
    gift: coupon.config.parse(journey.nodes.gift?.config),
    asks: journey.nodes.asks?.config,
    greets: journey.nodes.greet?.config,
    // The draft is what was published, as it was before.
    published: all('select hash from versions').map(String)[0] === hashOf(journey),
  }
  db.close()
  return found
}

describe('amounts of the first release', () => {
  test('of a brand of yen are counted in yen, wherever they stand, and only once', () => {
    makeItABrandOf('JPY')
    const first = amounts()
    expect(first).toMatchObject({
      // 99.50 and 100.50 hundredths have no yen of their own.
      orders: [100, 101],
      lives: [128],
      coupons: [[20, 99]],
      goals: [128],
      told: [128],
      seen: [129],
      entry: { event: { id: 'e', properties: { amount: 128, items: 2 } } },
      kept: [20],
      audience: {
        of: [
          { value: 128.5 },
          { measure: 'count', value: 2 },
          { value: 99, where: [{ value: 50 }, { value: 200 }] },
        ],
      },
      gift: { value: 20, minSpend: 99 },
      asks: { branches: [{ when: { of: [{ value: 128.5 }, { value: [99, 128] }] } }] },
      greets: { text: { en: '{{ entry.amount | divided_by: 1 }} yen' } },
      published: true,
    })
    expect(amounts()).toEqual(first)
  })

  test('of a brand of Kuwaiti dinars are counted in thousandths', () => {
    makeItABrandOf('KWD')
    expect(amounts()).toMatchObject({
      orders: [99_500, 100_500],
      coupons: [[20_000, 99_000]],
      goals: [128_000],
      gift: { value: 20_000, minSpend: 99_000 },
      audience: {
        of: [{ value: 128_500 }, { value: 2 }, { value: 99_000, where: [{ value: 50_000 }, { value: 200 }] }],
      },
    })
  })

  test.each(['CNY', 'USD'])('of a brand of %s stay as they are', (currency) => {
    makeItABrandOf(currency)
    expect(amounts()).toMatchObject({
      orders: [9_950, 10_050],
      coupons: [[2_000, 9_900]],
      goals: [12_800],
      seen: [12_850],
      gift: { value: 2_000, minSpend: 9_900 },
      audience: { of: [{ value: 12_850 }, { value: 2 }, { value: 9_900 }] },
    })
  })
})
