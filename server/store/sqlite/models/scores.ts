import type Database from 'better-sqlite3'
import { type ModelRun, modelRun } from '../../../../shared/api/models.ts'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { limits } from '../../../../shared/limits.ts'
import { type FittedModels, fittedModels } from '../../../../shared/models/fitted.ts'
import type { Bought } from '../../../../shared/models/histories.ts'
import type {
  FreshStore,
  ModelStore,
  PurchaseReads,
  ScoredCustomer,
  ScoringStore,
} from '../../../ports/models.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { steadied } from '../steady.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { ordersReader, purchaseReader } from './purchases.ts'

/** The one row of runs. */
const runId = 1
const ids = '(select value from json_each(?))'

const putSql = `insert into scores (customer_id, at, scores, reasons) values (?, ?, ?, ?)
  on conflict do update set at = excluded.at, scores = excluded.scores, reasons = excluded.reasons`

function putter(sqlite: Database.Database) {
  const put = sqlite.prepare<[string, number, string, string]>(putSql)
  return (scored: readonly ScoredCustomer[], at: number) => {
    for (const { customerId, scores, reasons } of scored)
      put.run(customerId, at, JSON.stringify(scores), JSON.stringify(reasons))
  }
}

/** The last run as people see it; one of a release that told otherwise is as good as none. */
export function lastRunOf({ sqlite }: BrandDatabase): ModelRun | null {
  const report = sqlite.prepare<[], string>('select report from model_runs').pluck().get()
  return report === undefined ? null : valueOr(readColumn(report, modelRun), null)
}

export function modelStore(db: BrandDatabase): ModelStore {
  const change = changer(db)
  return {
    lastRun: async () => lastRunOf(db),
    noteAsked: async (act) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'scores.asked', id: '' }),
      ),
  }
}

/** Over a connection of its own, as reading the base keeps it busy; what is written goes by another. */
export function scoringStore(reading: Database.Database, { sqlite, steady }: BrandDatabase): ScoringStore {
  const put = putter(sqlite)
  const forget = sqlite.prepare<[number]>('delete from scores where at < ?')
  const keep = sqlite.prepare<[string, string, number]>(
    `insert into model_runs (id, fitted, report, last_event) values (${runId}, ?, ?, ?)
     on conflict do update set fitted = excluded.fitted, report = excluded.report, last_event = excluded.last_event`,
  )
  const number = (sql: string) => reading.prepare<[], number>(sql).pluck()
  const size = number('select count(*) from customers')
  const lastEvent = number('select coalesce(max(seq), 0) from events')
  const kept = {
    size: async () => size.get() ?? 0,
    lastEvent: async () => lastEvent.get() ?? 0,
    put: async (scored: readonly ScoredCustomer[], at: number) =>
      sqlite.transaction(() => put(scored, at)).immediate(),
    finish: async (
      run: ModelRun,
      fitted: FittedModels,
      seen: { readonly lastEvent: number; readonly began: number },
    ) =>
      sqlite
        .transaction(() => {
          forget.run(seen.began)
          keep.run(JSON.stringify(fitted), JSON.stringify(run), seen.lastEvent)
        })
        .immediate(),
  } satisfies Omit<ScoringStore, keyof PurchaseReads>
  return { ...purchaseReader(reading), ...steadied(steady, kept) }
}

/** Scores as orders come in. */
export function freshStore({ sqlite }: BrandDatabase): FreshStore {
  const put = putter(sqlite)
  const fitted = sqlite.prepare<[], string>('select fitted from model_runs').pluck()
  const standing = sqlite.prepare<[], number>('select last_event from model_runs').pluck()
  const last = sqlite.prepare<[], number>('select coalesce(max(seq), 0) from events').pluck()
  const end = sqlite
    .prepare<[number, number], number>(
      'select max(seq) from (select seq from events where seq > ? order by seq limit ?)',
    )
    .pluck()
  const buyers = sqlite
    .prepare<[number, number], string>(
      `select distinct customer_id from events
       where seq > ? and seq <= ? and name in ('${orderEvent}', '${refundEvent}')`,
    )
    .pluck()
  const orders = ordersReader(sqlite)
  const drop = sqlite.prepare<[string]>(`delete from scores where customer_id in ${ids}`)
  const move = sqlite.prepare<[number]>('update model_runs set last_event = ?')
  // Read again only when it is another, as every order would read it otherwise.
  let known: { readonly text: string; readonly fitted: FittedModels | null } | null = null
  return {
    async fitted() {
      const text = fitted.get()
      if (text === undefined) return null
      if (known?.text !== text) known = { text, fitted: valueOr(readColumn(text, fittedModels), null) }
      return known.fitted
    },
    async fresh(events) {
      const from = standing.get()
      if (from !== undefined && (last.get() ?? 0) - from > limits.freshEvents.value) return null
      const upTo = from === undefined ? null : (end.get(from, events) ?? null)
      return from === undefined || upTo === null ? null : { customers: buyers.all(from, upTo), upTo }
    },
    async ordersOf(customers, before) {
      const found = new Map<string, Bought[]>()
      for (const { customerId, ...order } of orders(customers, before)) {
        const own = found.get(customerId)
        if (own === undefined) found.set(customerId, [order])
        else own.push(order)
      }
      return found
    },
    keep: async (scored, gone, { at, upTo }) =>
      sqlite
        .transaction(() => {
          put(scored, at)
          if (gone.length > 0) drop.run(JSON.stringify(gone))
          move.run(upTo)
        })
        .immediate(),
  }
}
