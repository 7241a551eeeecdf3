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

/** How long something took, by the clock and of the processor: only the latter is the same beside other work. */
interface Took {
  readonly seconds: number
  readonly cpuSeconds: number
}

function stopwatch(): () => Took {
  const cpu = process.cpuUsage()
  const began = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1_000_000 }
  }
}

/** The rows that an import has left, inserted one by one in one transaction. */
function bareInserts(from: BrandDatabase, path: string): Took {
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
  const took = stopwatch()
  to.sqlite.transaction(() => {
    for (const { all, insert } of read) for (const row of all) insert.run(...row)
  })()
  const bare = took()
  to.close()
  return bare
}

export interface ImportFigures {
  readonly rows: number
  readonly took: Took
  readonly bare: Took
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
  const stop = stopwatch()
  let rows = 0
  for (const kind of ['customers', 'orders'] as const) {
    const request = { kind, source: files[kind], zone, currency: 'CNY', receivedAt: benchStart }
    const report = await importFile(db, request, { alone: true })
    rows += report.imported
  }
  const took = stop()
  db.sqlite.pragma('wal_checkpoint(truncate)')
  const after = written()
  const size = statSync(db.path).size
  const bare = bareInserts(db, path('bare.sqlite'))
  db.close()
  const writtenTimes = before === null || after === null ? null : (after - before) / size
  return { rows, took, bare, writtenTimes }
}
