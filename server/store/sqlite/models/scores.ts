import type Database from 'better-sqlite3'
import type { ModelRun } from '../../../../shared/api/models.ts'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { MessagePlaces } from '../../../../shared/models/content.ts'
import type { Touch } from '../../../../shared/models/deeds.ts'
import { type FittedModels, fittedModels } from '../../../../shared/models/fitted.ts'
import type { Bought } from '../../../../shared/models/histories.ts'
import { touchEvents } from '../../../../shared/models/touches.ts'
import type { FreshStore, ModelStore, ScoredCustomer, ScoringStore, Seen } from '../../../ports/models.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { steadied } from '../steady.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { namedContents } from './held.ts'
import { lastRunOf } from './last-run.ts'
import { ordersReader } from './purchases.ts'
import { touchesReader } from './touches.ts'

/** The one row of runs. */
const runId = 1
const ids = '(select value from json_each(?))'

const putSql = `insert into scores (customer_id, at, scores, reasons, contents) values (?, ?, ?, ?, ?)
  on conflict do update set at = excluded.at, scores = excluded.scores, reasons = excluded.reasons,
    contents = excluded.contents`

type Kept = readonly [row: number, customerId: string, scores: string, reasons: string, contents: string]

/** Writes those that differ from what is kept; answers which rows are theirs that were there before. */
function putter(sqlite: Database.Database) {
  const put = sqlite.prepare<[string, number, string, string, string]>(putSql)
  const kept = sqlite
    .prepare<[string], Kept>(
      `select rowid, customer_id, scores, reasons, contents from scores where customer_id in ${ids}`,
    )
    .raw()
  return (scored: readonly ScoredCustomer[], at: number): readonly number[] => {
    const before = new Map(
      kept
        .all(JSON.stringify(scored.map(({ customerId }) => customerId)))
        .map((row) => [row[1], row] as const),
    )
    for (const { customerId, ...own } of scored) {
      const [scores, reasons, contents] = [own.scores, own.reasons, own.contents].map((one) =>
        JSON.stringify(one),
      ) as [string, string, string]
      const row = before.get(customerId)
      if (row?.[2] !== scores || row[3] !== reasons || row[4] !== contents)
        put.run(customerId, at, scores, reasons, contents)
    }
    return [...before.values()].map(([row]) => row)
  }
}

/** Where messages stand that are named by their numbers. */
function messagesReader(sqlite: Database.Database) {
  const read = sqlite
    .prepare<[string], [id: number, journeyId: string, node: string]>(
      `select id, journey_id, node from messages where id in ${ids}`,
    )
    .raw()
  return async (numbers: readonly string[]): Promise<MessagePlaces> => {
    const asked = numbers.filter((number) => /^\d{1,15}$/.test(number)).map(Number)
    const rows = asked.length === 0 ? [] : read.all(JSON.stringify(asked))
    return new Map(rows.map(([id, journeyId, node]) => [String(id), { journeyId, node }]))
  }
}

function nameGroup({ sqlite }: BrandDatabase, id: string, name: string): void {
  const text = sqlite.prepare<[], string>('select fitted from model_runs').pluck().get()
  const fitted = text === undefined ? null : valueOr(readColumn(text, fittedModels), null)
  const groups = fitted?.groups?.groups ?? []
  if (!groups.some((group) => group.id === id)) throw new Problem('group-unknown', { group: id })
  if (groups.some((group) => group.id !== id && group.name === name))
    throw new Problem('group-name-taken', { name })
  const named = groups.map((group) => (group.id === id ? { ...group, name, named: true } : group))
  const kept = { ...fitted, groups: { ...fitted?.groups, groups: named } }
  sqlite.prepare<[string]>('update model_runs set fitted = ?').run(JSON.stringify(kept))
}

/** How many events and marks have come in after the last that was looked at; 0 where the base was never scored. */
function waitingReader(sqlite: Database.Database): () => Promise<number> {
  const waiting = sqlite
    .prepare<[], number>(
      `select (select coalesce(max(seq), 0) from events) - last_event + coalesce(
        (select max(id) from to_score) - (select min(id) from to_score) + 1, 0) from model_runs`,
    )
    .pluck()
  return async () => Math.max(0, waiting.get() ?? 0)
}

export function modelStore(db: BrandDatabase): ModelStore {
  const change = changer(db)
  return {
    lastRun: async () => lastRunOf(db),
    waiting: waitingReader(db.sqlite),
    noteAsked: async (act) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'scores.asked', id: '' }),
      ),
    nameGroup: async (act, id, name) =>
      change(
        act,
        () => nameGroup(db, id, name),
        () => ({ action: 'group.named', id, detail: { after: name } }),
      ),
  }
}

/** Rows that are looked through at once for whom nobody scored. */
const sweptAtOnce = 20_000

/** Which of the rows that were there at the beginning have been met: a bit each. */
class MetRows {
  readonly #bits: Uint8Array
  readonly last: number

  constructor(last: number) {
    this.last = last
    this.#bits = new Uint8Array((last >> 3) + 1)
  }

  meet(rows: readonly number[]): void {
    for (const row of rows) {
      const at = row >> 3
      if (row <= this.last) this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7))
    }
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0
  }
}

/** Of one run over the whole base. */
export function scoringStore(db: BrandDatabase): ScoringStore {
  const { sqlite, steady } = db
  const put = putter(sqlite)
  const number = (sql: string) => sqlite.prepare<[], number>(sql).pluck()
  const lastEvent = number('select coalesce(max(seq), 0) from events')
  const lastMark = number('select coalesce(max(id), 0) from to_score')
  const unmark = sqlite.prepare<[number]>('delete from to_score where id <= ?')
  const fitted = sqlite.prepare<[], string>('select fitted from model_runs').pluck()
  const met = new MetRows(number('select coalesce(max(rowid), 0) from scores').get() ?? 0)
  const rows = sqlite
    .prepare<[number, number, number], number>(
      'select rowid from scores where rowid > ? and rowid <= ? order by rowid limit ?',
    )
    .pluck()
  const forget = sqlite.prepare<[string]>(`delete from scores where rowid in ${ids}`)
  const keep = sqlite.prepare<[string, string, number]>(
    `insert into model_runs (id, fitted, report, last_event) values (${runId}, ?, ?, ?)
     on conflict do update set fitted = excluded.fitted, report = excluded.report, last_event = excluded.last_event`,
  )
  /** Whoever is not scored any more; who was scored since by an order of theirs is so again after it. */
  const sweep = () => {
    for (let after = 0; ; ) {
      const some = rows.all(after, met.last, sweptAtOnce)
      const gone = some.filter((row) => !met.has(row))
      if (gone.length > 0) forget.run(JSON.stringify(gone))
      const last = some.at(-1)
      if (last === undefined) return
      after = last
    }
  }
  return {
    messagesOf: messagesReader(sqlite),
    named: async (contents) => namedContents(db, contents),
    async fitted() {
      const text = fitted.get()
      return text === undefined ? null : valueOr(readColumn(text, fittedModels), null)
    },
    ...steadied(steady, {
      seen: async () => ({ lastEvent: lastEvent.get() ?? 0, lastMark: lastMark.get() ?? 0 }),
      put: async (scored: readonly ScoredCustomer[], at: number) =>
        met.meet(sqlite.transaction(() => put(scored, at)).immediate()),
      finish: async (run: ModelRun, fitted: FittedModels, seen: Seen) =>
        sqlite
          .transaction(() => {
            keep.run(JSON.stringify(fitted), JSON.stringify(run), seen.lastEvent)
            unmark.run(seen.lastMark)
            sweep()
          })
          .immediate(),
    }),
  }
}

/** The events by which a buyer is scored anew. */
const telling = [orderEvent, refundEvent, ...touchEvents].map((name) => `'${name}'`).join(', ')

/** Scores as something of customers comes in. */
export function freshStore({ sqlite }: BrandDatabase): FreshStore {
  const put = putter(sqlite)
  const fitted = sqlite.prepare<[], string>('select fitted from model_runs').pluck()
  const standing = sqlite.prepare<[], number>('select last_event from model_runs').pluck()
  const end = sqlite
    .prepare<[number, number], number>(
      'select max(seq) from (select seq from events where seq > ? order by seq limit ?)',
    )
    .pluck()
  const buyers = sqlite
    .prepare<[number, number], string>(
      `select distinct e.customer_id from events e where e.seq > ? and e.seq <= ? and e.name in (${telling})
       and exists (select 1 from events o where o.customer_id = e.customer_id and o.name = '${orderEvent}')`,
    )
    .pluck()
  const marked = sqlite
    .prepare<[number], [id: number, customerId: string]>(
      'select id, customer_id from to_score order by id limit ?',
    )
    .raw()
  const unmark = sqlite.prepare<[number]>('delete from to_score where id <= ?')
  const there = sqlite.prepare<[string], string>(`select id from customers where id in ${ids}`).pluck()
  const orders = ordersReader(sqlite)
  const touches = touchesReader(sqlite)
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
    waiting: waitingReader(sqlite),
    async fresh(events) {
      const from = standing.get()
      if (from === undefined) return null
      const upTo = end.get(from, events) ?? from
      const marks = marked.all(events)
      if (upTo === from && marks.length === 0) return null
      const customers = new Set([...buyers.all(from, upTo), ...marks.map(([, id]) => id)])
      return { customers: [...customers], upTo, marks: marks.at(-1)?.[0] ?? 0 }
    },
    async deedsOf(customers, before) {
      const found = new Map<string, { orders: Bought[]; touches: Touch[] }>()
      for (const id of there.all(JSON.stringify(customers))) found.set(id, { orders: [], touches: [] })
      const of = (id: string) => {
        const own = found.get(id) ?? { orders: [], touches: [] }
        found.set(id, own)
        return own
      }
      for (const { customerId, ...order } of orders(customers, before)) of(customerId).orders.push(order)
      for (const { customerId, ...touch } of touches(customers, before)) of(customerId).touches.push(touch)
      return found
    },
    messagesOf: messagesReader(sqlite),
    keep: async (scored, gone, { at, upTo, marks }) =>
      sqlite
        .transaction(() => {
          put(scored, at)
          if (gone.length > 0) drop.run(JSON.stringify(gone))
          move.run(upTo)
          unmark.run(marks)
        })
        .immediate(),
  }
}
