import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { importFile } from '../imports/index.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { benchStart, dayMs } from './world.ts'

const ordersEach = 5
const zone = 'Asia/Shanghai'

function writeLines(path: string, head: string, count: number, line: (index: number) => string): void {
  const file = openSync(path, 'w')
  let text = `${head}\n`
  for (let index = 0; index < count; index += 1) {
    text += `${line(index)}\n`
    if (text.length < 1_000_000) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}

const cities = ['杭州', '北京', '上海', '成都']
const day = (index: number) =>
  new Date(benchStart - ((index * 48_271) % 1_200) * dayMs).toISOString().slice(0, 10)

function writeFiles(path: (name: string) => string, customers: number) {
  const files = { customers: path('customers.csv'), orders: path('orders.csv') }
  writeLines(
    ...[files.customers, 'customer_id,name,phone,city,registered_at,tier', customers],
    (i) =>
      `c${i},会员${i},13${String(i).padStart(9, '0')},${cities[i % 4]},${day(i)},${i % 3 === 0 ? '金卡' : '银卡'}`,
  )
  writeLines(
    ...[files.orders, 'order_id,customer_id,ordered_at,amount', customers * ordersEach],
    (i) => `o${i},c${(i * 7_919) % customers},${day(i + 7)},${(10 + (i % 300)).toFixed(2)}`,
  )
  return files
}

/** What this process has had written to the disk (bytes); null where the system does not tell. */
function written(): number | null {
  if (!existsSync('/proc/self/io')) return null
  return Number(/^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN)
}

/** The rows that an import has left, inserted one by one in one transaction. */
function bareInserts(from: BrandDatabase, path: string): number {
  const to = openDatabase(path)
  const tables = ['customers', 'events'].map((table) => {
    const columns = (from.sqlite.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
    return {
      rows: from.sqlite.prepare<[], unknown[]>(`select ${columns.join(', ')} from ${table}`).raw(),
      insert: to.sqlite.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      ),
    }
  })
  const read = tables.map(({ rows, insert }) => ({ all: rows.all(), insert }))
  const began = performance.now()
  to.sqlite.transaction(() => {
    for (const { all, insert } of read) for (const row of all) insert.run(...row)
  })()
  const seconds = (performance.now() - began) / 1000
  to.close()
  return seconds
}

export interface ImportFigures {
  readonly rows: number
  readonly seconds: number
  readonly bareSeconds: number
  /** What was written to the disk, beside the size of the database afterwards; null where nobody tells. */
  readonly writtenTimes: number | null
}

/** Files of so many customers with five orders each are read in, beside bare inserts of the rows that they become. */
export async function measureImport(
  path: (name: string) => string,
  customers: number,
): Promise<ImportFigures> {
  const files = writeFiles(path, customers)
  const db = openDatabase(path('imported.sqlite'))
  const before = written()
  const began = performance.now()
  let rows = 0
  for (const kind of ['customers', 'orders'] as const) {
    const request = { kind, source: files[kind], zone, currency: 'CNY', receivedAt: benchStart }
    const report = await importFile(db, request, { alone: true })
    rows += report.imported
  }
  const seconds = (performance.now() - began) / 1000
  db.sqlite.pragma('wal_checkpoint(truncate)')
  const after = written()
  const size = statSync(db.path).size
  const bareSeconds = bareInserts(db, path('bare.sqlite'))
  db.close()
  const writtenTimes = before === null || after === null ? null : (after - before) / size
  return { rows, seconds, bareSeconds, writtenTimes }
}
