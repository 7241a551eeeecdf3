import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { pino } from 'pino'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { Imports } from '../../customers/imports.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, publish } from '../../store/sqlite/journeys/journeys.ts'
import { addCustomers, addHistory } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import * as tables from '../../store/sqlite/tables.ts'
import { memberOf } from '../members.ts'
import { by, sketch } from '../sketch.ts'
import { openCrashBrand } from './brand.ts'
import { fastNow, type Start } from './protocol.ts'

const idSign = 'doomed-kx-'
/** What is theirs alone, of all who are to be erased: nothing else in the data, such as a coupon's code, has it in it. */
const signs = [idSign, '欧阳慕雪', '1391234', '@gone.example.org', 'VIP-8833', 'DD-5566', '长期睡眠不好']

/** Of the first of them, and of somebody who stays. */
const family = 'family@example.com'

export const doomedId = (nth: number): string => `${idSign}${String(nth).padStart(4, '0')}`
const doomed = (nth: number) => ({
  id: doomedId(nth),
  phone: `1391234${String(nth).padStart(4, '0')}`,
  email: nth === 0 ? family : `muxue${nth}@gone.example.org`,
})

const journey = sketch({
  id: 'kept',
  nodes: {
    joined: by.event('joined'),
    known: ['tag', { add: ['新朋友'] }],
    gift: ['coupon', { name: { en: 'Gift' }, value: 1000, minSpend: 5000, prefix: 'GIFT', validDays: 60 }],
    hello: [
      'send',
      { channel: 'in_app', purpose: 'service', text: { 'zh-CN': '{{ customer.name }}：{{ coupon.code }}' } },
    ],
    buys: by.until('order', '60 days'),
    done: by.exit(),
  },
  flow: ['joined -> known', 'known -> gift', 'gift -> hello', 'hello -> buys', 'buys -> done'],
})

interface Lives {
  readonly members: number
  readonly doomed: number
  /** Purchases of each who is to be erased. */
  readonly orders: number
}

/** A brand of which some people are to be erased, who have left something everywhere; the others have lived as they did. */
export async function live(start: Start, { members, doomed: many, orders }: Lives): Promise<void> {
  const now = fastNow(start)
  const everyone = [
    ...Array.from({ length: members }, (_, index) => memberOf(`m${index}`, index + 1)),
    ...Array.from({ length: many }, (_, nth) =>
      memberOf(`欧阳慕雪${nth}`, 0, { ...doomed(nth), attributes: { card: `VIP-8833${nth}` } }),
    ),
    // Somebody else under an address of theirs, who stays.
    memberOf('m-family', 0, { phone: '19911112222', email: family }),
  ]
  const db = openDatabase(start.path)
  const brand = brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null })
  writeBrand(db, brand)
  addCustomers(db, everyone, now())
  addHistory(
    db,
    everyone.flatMap(({ id }, nth) =>
      Array.from({ length: id.startsWith(idSign) ? orders : 3 }, (_, index) => ({
        ...{ id: id.startsWith(idSign) ? `DD-5566-${nth}-${index}` : `o-${nth}-${index}`, customerId: id },
        ...{ name: 'order', amount: 8800, at: now() - (index + 1) * 86_400_000 },
        properties: { note: id.startsWith(idSign) ? '长期睡眠不好' : '礼物' },
      })),
    ),
  )
  const made = createJourney(db, { journey, now: now() })
  publish(db, made.id, { revision: made.revision, now: now(), brand, registry })
  db.close()
  await passThrough(
    start,
    everyone.map(({ id }) => id),
  )
}

/** Has everybody come in, some of the blacklist, and a file read in half of which stays outside. */
async function passThrough(start: Start, ids: readonly string[]): Promise<void> {
  const now = fastNow(start)
  const brand = await openCrashBrand(start, { level: 'error', to: pino.destination(2) })
  const act = brand.act(terminalActor)
  await brand.ingest(
    ids.map((id) => ({
      customerId: id,
      event: { id: `joined-${id}`, name: 'joined', at: now(), amount: null, properties: {} },
    })),
  )
  const refusing = [1, 3, 5].map((nth) => ({ kind: 'email' as const, address: doomed(nth).email }))
  await brand.stores.addresses.blacklist(
    act,
    refusing.map((one) => ({ ...one, reason: '欧阳慕雪自己要求' })),
  )
  const source = join(dirname(start.path), 'list.csv')
  const rows = ids.map(
    (id, nth) => `${id},${id.startsWith(idSign) ? `欧阳慕雪${nth}` : '会员'},no-mailbox-${nth % 7}`,
  )
  writeFileSync(source, ['customer_id,name,email', ...rows].join('\n'))
  const imports = new Imports()
  const { id } = await imports.begin(brand, terminalActor, {
    ...{ id: 'list', kind: 'customers', source, name: 'list.csv', locale: 'en' },
  })
  const waits = 'select count(*) as n from enrollments where ended_at is null and wait_event is not null'
  const sending = `select count(*) as n from messages where status in ('queued', 'sending')`
  const db = openDatabase(start.path)
  while (count(db, waits) < ids.length || count(db, sending) > 0) await rest(20)
  while ((await imports.find(brand, id)).state === 'running') await rest(20)
  db.close()
  await brand.close()
}

export function count(db: BrandDatabase, sql: string, ...values: readonly unknown[]): number {
  return db.sqlite.prepare<unknown[], { n: number }>(sql).get(...values)?.n ?? 0
}

/** Where in a folder something can still be read of those who are to be erased, whatever the file. */
export function found(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.flatMap((name) => {
    const path = join(folder, name)
    if (!statSync(path).isFile()) return []
    const bytes = readFileSync(path)
    return signs.flatMap((sign) => (bytes.includes(sign) ? [`${name}: ${sign}`] : []))
  })
}

const theirs = `in (select id from customers where id like 'm%')`

/** All rows of all tables that are of those who stay, as they stand. */
export function ofOthers(db: BrandDatabase): Readonly<Record<string, readonly string[]>> {
  const rows = Object.values(tables).flatMap((table) => {
    const columns = new Set(Object.values(getTableColumns(table)).map(({ name }) => name))
    const name = getTableName(table)
    const where = name === 'customers' ? `id ${theirs}` : whose(columns)
    if (where === null) return []
    const found = db.sqlite.prepare(`select * from ${name} where ${where}`).all()
    return [[name, found.map((row) => JSON.stringify(row)).sort()] as const]
  })
  return Object.fromEntries(rows)
}

function whose(columns: ReadonlySet<string>): string | null {
  if (columns.has('customer_id')) return `customer_id ${theirs}`
  if (columns.has('enrollment_id'))
    return `enrollment_id in (select id from enrollments where customer_id ${theirs})`
  if (columns.has('message_id')) return `message_id in (select id from messages where customer_id ${theirs})`
  if (columns.has('address')) return `address in (select address from addresses where customer_id ${theirs})`
  return null
}
