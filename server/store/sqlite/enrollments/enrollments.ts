import type Database from 'better-sqlite3'
import { type History, historyOf, type Leavings, leavingsOf } from '../../../../shared/conditions/history.ts'
import type { EventMark } from '../../../../shared/conditions/mark.ts'
import type { Coupon } from '../../../../shared/effects/index.ts'
import type { Enrollment, Entry, ReachedGoal, Wait } from '../../../../shared/nodes/type.ts'
import { type Claimant, lastShard } from '../../../ports/claims.ts'
import type { StoredEnrollment } from '../../../ports/engine.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import { leaseTaker } from '../leases.ts'
import { readJson } from '../stored-json.ts'

/** The changing part of an enrollment, as the column `data` holds it. */
interface Data {
  readonly history: History
  readonly coupons: Readonly<Record<string, Coupon>>
  readonly goals: Enrollment['goals']
  readonly wait: Wait | null
  readonly by: EventMark | null
}

/** A row of the table as the hot path reads it, with `raw()`: an array costs half of an object. */
export type EnrollmentRow = [
  id: number,
  journeyId: string,
  version: number,
  customerId: string,
  entryKey: string,
  state: string,
  enteredAt: number,
  arrivedAt: number,
  control: number,
  steps: number,
  entry: string,
  data: string,
  attempts: number,
  endedAt: number | null,
]

export const enrollmentColumns =
  'id, journey_id, version, customer_id, entry_key, state, entered_at, arrived_at, control, steps, entry, data, attempts, ended_at'

export const columnsOf = (table: string) =>
  enrollmentColumns.replaceAll(/\w+/g, (column) => `${table}.${column}`)

const noCoupons: Readonly<Record<string, Coupon>> = {}
const noGoals: Enrollment['goals'] = {}

/**
 * Reads texts into values, each text once while it is among the last thousand: the entry facts of a whole
 * audience are one text, and so is what everybody has behind them who came the same way. What is read is
 * never changed, so it may be shared.
 */
function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  let last: { readonly text: string; readonly value: T } | null = null
  return (text) => {
    // Most texts are the one before, which is found without looking at each of its characters twice.
    if (last?.text === text) return last.value
    const value = known.get(text) ?? read(text)
    if (known.size >= 1000) known.clear()
    known.set(text, value)
    last = { text, value }
    return value
  }
}

/** The text of a history; those who come from one node by one port share theirs. */
function historyWriter(): (history: History) => string {
  let last: History | null = null
  let text = ''
  return (history) => {
    if (history === last) return text
    last = history
    text = JSON.stringify(leavingsOf(history))
    return text
  }
}

const writeHistory = historyWriter()

/** Leaves out what is empty: most enrollments have neither coupons nor goals. */
export function encodeData({ history, coupons, goals, wait, by }: Enrollment): string {
  let text = `{"h":${writeHistory(history)}`
  if (Object.keys(coupons).length > 0) text += `,"c":${JSON.stringify(coupons)}`
  if (Object.keys(goals).length > 0) text += `,"g":${JSON.stringify(goals)}`
  if (wait !== null) text += `,"w":${JSON.stringify(wait)}`
  if (by !== null) text += `,"b":${JSON.stringify(by)}`
  return `${text}}`
}

/** Reads a column that the server alone writes; throws where it is no object of JSON. */
function readOwn(text: string, what: string): object {
  const read = readJson(text)
  if (!read.readable) throw new UnreadableRow(what, read.reason)
  if (typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)) return read.value
  throw new UnreadableRow(what, { 'zh-CN': '应为一组键值', en: 'an object is needed' })
}

/** A part of the column that is there must be an object, and the history must be there. */
function requireParts(data: object): void {
  const parts = new Map<string, unknown>(Object.entries(data))
  for (const name of ['h', 'c', 'g', 'w', 'b']) {
    const part = parts.get(name)
    if (part === undefined && name !== 'h') continue
    if (typeof part !== 'object' || part === null || Array.isArray(part))
      throw new UnreadableRow(`data.${name}`, { 'zh-CN': '应为一组键值', en: 'an object is needed' })
  }
}

/** Reads what `encodeData` wrote; the one boundary where the column is trusted. */
const readData = remembering((text): Data => {
  const own = readOwn(text, 'data')
  requireParts(own)
  const data = own as {
    h: Leavings
    c?: Data['coupons']
    g?: Readonly<Record<string, ReachedGoal>>
    w?: Wait
    b?: EventMark
  }
  return {
    history: historyOf(data.h),
    coupons: data.c ?? noCoupons,
    goals: data.g ?? noGoals,
    wait: data.w ?? null,
    by: data.b ?? null,
  }
})

/** The text of an entry; those who come in together without any event share theirs. */
function entryWriter(): (entry: Entry) => string {
  let last: Entry | null = null
  let text = ''
  return (entry) => {
    const { trigger, timezone, event, anchors } = entry
    if (event !== null) return JSON.stringify(entry)
    if (last?.trigger === trigger && last.timezone === timezone && last.anchors === anchors) return text
    last = entry
    text = JSON.stringify(entry)
    return text
  }
}

export const encodeEntry = entryWriter()

const noEntry: Entry = { trigger: '', timezone: null, event: null, anchors: {} }

const readEntry = remembering(
  (text): Entry => ({ ...noEntry, ...(readOwn(text, 'entry') as Partial<Entry>) }),
)

/** What a row says, without what cannot be read of it: enough to take somebody out of a journey. */
export function storedOrBare(row: EnrollmentRow): StoredEnrollment {
  try {
    return storedOf(row)
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error
    const bare: EnrollmentRow = [...row]
    bare[10] = '{}'
    bare[11] = '{"h":{}}'
    return storedOf(bare)
  }
}

/** Rows that can be read; of each other one it is told why not. */
export function readableOf(
  rows: readonly EnrollmentRow[],
  onUnreadable: (error: UnreadableRow, row: EnrollmentRow) => void,
): StoredEnrollment[] {
  return rows.flatMap((row) => {
    try {
      return [storedOf(row)]
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error
      onUnreadable(error, row)
      return []
    }
  })
}

export function storedOf(row: EnrollmentRow): StoredEnrollment {
  const { history, coupons, goals, wait, by } = readData(row[11])
  const enrollment: Enrollment = {
    id: row[0],
    journeyId: row[1],
    version: row[2],
    customerId: row[3],
    state: row[5],
    enteredAt: row[6],
    arrivedAt: row[7],
    control: row[8] === 1,
    entry: readEntry(row[10]),
    history,
    coupons,
    goals,
    wait,
    by,
    steps: row[9],
  }
  return { enrollment, entryKey: row[4], attempts: row[12], leftAt: row[13] }
}

/** The reading half of the engine's store, over enrollments. */
export function enrollmentReader(sqlite: Database.Database) {
  const due = sqlite
    .prepare<[string, number, number], EnrollmentRow>(
      `select ${enrollmentColumns} from enrollments where journey_id = ? and due_at <= ? order by due_at limit ?`,
    )
    .raw()
  const dueIn = sqlite
    .prepare<[string, number, number, number, number], EnrollmentRow>(
      `select ${enrollmentColumns} from enrollments
       where journey_id = ? and due_at <= ? and shard between ? and ? order by due_at limit ?`,
    )
    .raw()
  const lease = leaseTaker({ sqlite })
  const ofCustomers = sqlite
    .prepare<[string], EnrollmentRow>(
      `select ${enrollmentColumns} from enrollments
     where customer_id in (select value from json_each(?)) and ended_at is null
       and journey_id in (select id from journeys where status in ('live', 'paused'))
     order by id`,
    )
    .raw()
  const counting = sqlite
    .prepare<[string], EnrollmentRow>(
      `with asked as (select value ->> 'customerId' as customer, value ->> 'at' as at from json_each(?))
       select ${columnsOf('e')} from asked a
         join enrollments e on e.customer_id = a.customer and e.counts_until > a.at
         join journeys j on j.id = e.journey_id and j.deleted_at is null
       order by e.id`,
    )
    .raw()
  const byId = sqlite
    .prepare<[string], EnrollmentRow>(
      `select ${columnsOf('e')} from json_each(?) a join enrollments e on e.id = a.value
         join journeys j on j.id = e.journey_id and j.deleted_at is null order by e.id`,
    )
    .raw()
  const entries = sqlite.prepare<
    [string, string],
    { customer_id: string; entered_at: number; ended_at: number | null; entry_key: string }
  >(
    `select customer_id, entered_at, ended_at, entry_key from enrollments
     where customer_id in (select value from json_each(?)) and journey_id = ?`,
  )
  const setAside = sqlite.prepare(
    `update enrollments set status = iif(ended_at is null, 'stuck', status), due_at = null, error = ? where id = ?`,
  )
  /** Rule 26: one whose row cannot be read is stuck, and shown so; it holds up no other. */
  const readable = (rows: readonly EnrollmentRow[]): StoredEnrollment[] =>
    readableOf(rows, ({ message }, [id]) => setAside.run(message, id))
  const lastId = sqlite.prepare<[], { id: number | null }>('select max(id) as id from enrollments')
  let reserved: number | null = null

  return {
    claimDue: async (journeyId: string, now: number, limit: number, by: Claimant) => {
      if (!lease('enrollments', by)) return []
      const [from, to] = by.shards
      const everybody = from === 0 && to === lastShard
      const rows = everybody ? due.all(journeyId, now, limit) : dueIn.all(journeyId, now, from, to, limit)
      return readable(rows)
    },
    enrollmentsOf: async (ids: readonly string[]) => readable(ofCustomers.all(JSON.stringify(ids))),
    stillCounting: async (asked: readonly { readonly customerId: string; readonly at: number }[]) =>
      readable(counting.all(JSON.stringify(asked))),
    enrollmentsById: async (ids: readonly number[]) => readable(byId.all(JSON.stringify(ids))),
    reserveIds: async (count: number) => {
      const first = (reserved ?? lastId.get()?.id ?? 0) + 1
      reserved = first + count - 1
      return first
    },
    entries: async (journeyId: string, ids: readonly string[]) => {
      const found = new Map<string, { enteredAt: number; live: number; keys: Set<string> }>()
      for (const row of entries.all(JSON.stringify(ids), journeyId)) {
        const known = found.get(row.customer_id) ?? { enteredAt: 0, live: 0, keys: new Set<string>() }
        known.enteredAt = Math.max(known.enteredAt, row.entered_at)
        if (row.ended_at === null) known.live += 1
        known.keys.add(row.entry_key)
        found.set(row.customer_id, known)
      }
      return found
    },
  }
}
