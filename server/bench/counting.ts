import { statSync } from 'node:fs'
import {
  type Condition,
  conditionSchema,
  type TimeWindow,
  windowSchema,
} from '../../shared/conditions/schema.ts'
import { intervalsOf } from '../../shared/conditions/window.ts'
import { limits } from '../../shared/limits.ts'
import { AnalyticalCopy } from '../analytics/copy/copy.ts'
import { closeDuck, type Duck, openDuck } from '../analytics/copy/duck.ts'
import { copyFileOf } from '../analytics/copy/files.ts'
import type { Base } from '../ports/base.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { openTruth } from '../store/sqlite/truth/truth.ts'
import { CopyClient } from '../work/copy-client.ts'
import { boughtAgain, boughtAgainTyped } from './sequence.ts'
import type { SharedBase } from './shared-base.ts'

const at = Date.parse('2027-08-05T10:00:00+08:00')
const moment = { now: at, zone: 'Asia/Shanghai', anchors: {} }
const festival = { kind: 'festival', festival: 'qixi' }
const boughtThen = windowSchema.parse({ ...festival, from: { days: -14 }, to: { days: 0 }, past: 2 })
const spentThen = windowSchema.parse({ ...festival, from: { years: -2, days: -14 }, to: { days: -14 } })
const leastSpent = 60_000

/** Bought in the two weeks before one of the past two festivals, and spent enough in the two years before. */
const qixi: Condition = conditionSchema.parse({
  kind: 'all',
  of: [
    { kind: 'events', event: 'order', measure: 'count', window: boughtThen, op: 'gte', value: 1 },
    { kind: 'events', event: 'order', measure: 'sum', window: spentThen, op: 'gt', value: leastSpent },
  ],
})

/** As many sums of a property as one condition may hold, each over other orders: the dearest count that can be asked. */
const dearest: Condition = conditionSchema.parse({
  kind: 'all',
  of: Array.from({ length: limits.conditionSums.value }, (_, least) => ({
    ...{ kind: 'events', event: 'order', measure: 'sum', property: 'points', op: 'gte', value: least },
    ...{ where: [{ property: 'points', op: 'gte', value: least }], window: { kind: 'ever' } },
  })),
})

const within =
  (at: string) =>
  ([from, to]: readonly [number, number]) =>
    `(${at} >= ${from} and ${at} < ${to})`

/** The question as one who knows the tables would type it: one walk over the orders of either window. */
function typed(customer: string, at: string): string {
  const during = (window: TimeWindow) =>
    intervalsOf(window, { ...moment, enteredAt: null })
      .map(within(at))
      .join(' or ')
  const [bought, spent] = [during(boughtThen), during(spentThen)]
  return `select count(*) from (select ${customer} from events where name = 'order' and (${bought} or ${spent})
    group by ${customer} having sum(case when ${bought} then 1 else 0 end) >= 1
      and sum(case when ${spent} then amount else 0 end) > ${leastSpent})`
}

interface Quickest {
  readonly seconds: number
  readonly count: number
}

/** The quickest of some runs (seconds), and what was answered. */
async function quickest(ask: () => Promise<number> | number, runs = 3): Promise<Quickest> {
  let best = Number.POSITIVE_INFINITY
  let count = 0
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now()
    count = await ask()
    best = Math.min(best, (performance.now() - began) / 1000)
  }
  return { seconds: best, count }
}

/** The same in the truth by key: what each customer did, looked up in the index of events. */
function typedByKey(): string {
  const orders = "from events e where e.customer_id = c.id and e.name = 'order'"
  const during = (window: TimeWindow) =>
    intervalsOf(window, { ...moment, enteredAt: null })
      .map(within('e.at'))
      .join(' or ')
  return `select count(*) from customers c where exists (select 1 ${orders} and (${during(boughtThen)}))
    and (select total(e.amount) ${orders} and (${during(spentThen)})) > ${leastSpent}`
}

function sqliteCounts({ sqlite }: BrandDatabase) {
  const counting = (sql: string) => sqlite.prepare<[], number>(sql).pluck()
  const [correlated, grouped] = [counting(typedByKey()), counting(typed('customer_id', 'at'))]
  return { correlated: () => correlated.get() ?? 0, grouped: () => grouped.get() ?? 0 }
}

export interface CountingFigures {
  readonly customers: number
  readonly count: number
  readonly seconds: number
  /** Of a condition with as many sums of a property as it may hold. */
  readonly dearestSeconds: number
  /** Of one thing after another, and the same typed into DuckDB by hand. */
  readonly sequence: Quickest
  readonly sequenceTypedSeconds: number
  /** The best of the queries of SQLite, and the same typed into DuckDB by hand. */
  readonly sqliteSeconds: number
  readonly typedSeconds: number
  /** How long the copy took to be made, and its bytes beside the truth's. */
  readonly madeSeconds: number
  readonly copyBytes: number
  readonly truthBytes: number
}

const counts =
  (base: Base, condition = qixi) =>
  async () =>
    (await base.ask('count', { condition, moment })).count

const typedInto =
  ({ writer }: Duck, sql: string) =>
  async () => {
    const found = await writer.runAndReadAll(sql)
    return Number(found.getRowsJS()[0]?.[0])
  }

function agree(ways: readonly Quickest[]): void {
  const found = new Set(ways.map(({ count }) => count))
  if (found.size > 1) throw new Error(`the ways to count do not agree: ${[...found].join(', ')}`)
}

/** How long the process that has a base's copy takes to count (seconds); the copy is there by then. */
export async function countSeconds(path: string): Promise<number> {
  const base = new CopyClient({ database: path, patienceMs: null })
  try {
    await counts(base)()
    return (await quickest(counts(base))).seconds
  } finally {
    base.close()
  }
}

/** The Qixi question over a base, by the copy, by SQLite, and by hand. */
export async function measureCounting({ path, customers }: SharedBase): Promise<CountingFigures> {
  const db = openDatabase(path, { readonly: true })
  const ways = sqliteCounts(db)
  const grouped = await quickest(ways.grouped)
  const correlated = await quickest(ways.correlated)
  db.close()
  const copy = new AnalyticalCopy({ truth: openTruth(path), file: copyFileOf(path) })
  const began = performance.now()
  await copy.catchUp()
  const madeSeconds = (performance.now() - began) / 1000
  const asked = await quickest(counts(copy))
  const most = await quickest(counts(copy, dearest), 1)
  const sequence = await quickest(counts(copy, boughtAgain))
  await copy.close()
  const duck = await openDuck(copyFileOf(path))
  const byHand = await quickest(typedInto(duck, typed('person', 'moment')))
  const sequenceByHand = await quickest(typedInto(duck, boughtAgainTyped(at)))
  closeDuck(duck)
  agree([asked, grouped, correlated, byHand])
  agree([sequence, sequenceByHand])
  return {
    customers,
    count: asked.count,
    seconds: asked.seconds,
    dearestSeconds: most.seconds,
    sequence,
    sequenceTypedSeconds: sequenceByHand.seconds,
    sqliteSeconds: Math.min(grouped.seconds, correlated.seconds),
    typedSeconds: byHand.seconds,
    madeSeconds,
    copyBytes: statSync(copyFileOf(path)).size,
    truthBytes: statSync(path).size,
  }
}
