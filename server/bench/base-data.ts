import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'
import { benchBrand, benchStart, dayMs } from './world.ts'

const ordersEach = 5
/** Orders lie in so many days before the benchmark's clock. */
const days = 1_200

/** A number that looks drawn, of a row's own; below 2^31. */
const drawn = (of: string, salt: number) => `(((${of} + ${salt}) * 48271) % 2147483647)`

/** Does something without the indices of a table, and makes them again: sorted at once, they cost a fraction. */
function withoutIndices({ sqlite }: BrandDatabase, table: string, work: () => void): void {
  const indices = sqlite
    .prepare<[string], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .all(table)
  for (const { name } of indices) sqlite.exec(`drop index ${name}`)
  work()
  for (const { sql } of indices) sqlite.exec(sql)
}

/** A base of so many customers, and five orders for each on the average, written at one go. */
export function makeBase(path: string, customers: number): BrandDatabase {
  const db = openDatabase(path, { durability: 'off' })
  const { sqlite } = db
  writeBrand(db, benchBrand)
  sqlite.pragma('cache_size = -262144')
  const numbers = (count: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`
  sqlite.transaction(() => {
    sqlite.exec(
      `insert into customers (id, shard, name, phone, city, registered_at, attributes, updated_at)
       ${numbers(customers)} select printf('c%08d', i), i % 256, '会员' || i, '13' || printf('%09d', i),
         case ${drawn('i', 7)} % 4 when 0 then '杭州' when 1 then '北京' when 2 then '上海' else '成都' end,
         ${benchStart} - ${drawn('i', 11)} % ${days} * ${dayMs},
         json_object('tier', case ${drawn('i', 3)} % 3 when 0 then '金卡' else '银卡' end, 'points', ${drawn('i', 5)} % 5000),
         ${benchStart} from n`,
    )
    withoutIndices(db, 'events', () =>
      sqlite.exec(
        `insert into events (id, customer_id, shard, name, at, received_at, amount, properties, source, pending)
       ${numbers(customers * ordersEach)} select 'o' || i, printf('c%08d', 1 + ${drawn('i', 17)} % ${customers}), i % 256,
         'order', ${benchStart} - ${drawn('i', 23)} % (${days} * 86400) * 1000, ${benchStart},
         1000 + ${drawn('i', 29)} % 30000, json_object('points', ${drawn('i', 31)} % 100), 'history', 0 from n`,
      ),
    )
  })()
  sqlite.exec(
    `insert into attributes (name, type, filled, unreadable, updated_at)
     values ('tier', 'text', ${customers}, 0, 0), ('points', 'number', ${customers}, 0, 0)`,
  )
  sqlite.exec('analyze')
  return db
}

/** Ids of so many customers, spread over the base. */
export const idsOf = (customers: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const number = 1 + Math.floor(((index * 7_919) % count) * (customers / count))
    return `c${String(number).padStart(8, '0')}`
  })
