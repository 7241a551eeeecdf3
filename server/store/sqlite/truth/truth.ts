import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { type Act, actEventNames, actKindsOf } from '../../../../shared/conditions/acts.ts'
import { limits } from '../../../../shared/limits.ts'
import type { CopiedPart, Truth, TruthChanges, TruthMark, TruthReading, Which } from '../../../ports/truth.ts'
import { allSavedAudiences } from '../audiences/base.ts'
import { attributeTypesReader } from '../customers/attributes.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { type ActRow, actReader, actsSql } from '../events/acts.ts'
import { shownReader } from '../picks/shown.ts'
import { stampOf } from '../stamp.ts'
import { generationReader } from './generation.ts'

/** Acts are made of several tables. */
type TablePart = Exclude<CopiedPart, 'acts'>

/** Where a part lies, and by which column a row is somebody's. */
const places = {
  customers: { table: 'customers', customer: 'id' },
  tags: { table: 'tags', customer: 'customer_id' },
  members: { table: 'audience_members', customer: 'customer_id' },
  events: { table: 'events', customer: 'customer_id' },
} as const satisfies Record<TablePart, { readonly table: string; readonly customer: string }>

/** What stands at a number, word for word. */
const changeRow = `part || ' ' || customer_id || ' ' || coalesce(event_seq, '') || coalesce(passages, '')`
const eventRow = `customer_id || ' ' || name || ' ' || id || ' ' || received_at`

interface Last {
  readonly seq: number
  readonly row: string
}

function statements(sqlite: Database.Database) {
  const changed = <T>(column: string, part: CopiedPart) =>
    sqlite
      .prepare<[number], T>(`select distinct ${column} from changes where seq > ? and part = '${part}'`)
      .pluck()
  return {
    lastChange: sqlite.prepare<[], Last>(
      `select seq, ${changeRow} as row from changes order by seq desc limit 1`,
    ),
    lastEvent: sqlite.prepare<[], Last>(
      `select seq, ${eventRow} as row from events order by seq desc limit 1`,
    ),
    change: sqlite.prepare<[number], string>(`select ${changeRow} from changes where seq = ?`).pluck(),
    event: sqlite.prepare<[number], string>(`select ${eventRow} from events where seq = ?`).pluck(),
    firstChange: sqlite.prepare<[], number | null>('select min(seq) from changes').pluck(),
    ofEvent: sqlite
      .prepare<[number, number], number>('select 1 from changes where seq > ? and event_seq = ?')
      .pluck(),
    others: sqlite
      .prepare<[number], number>(`select count(*) from changes where seq > ? and part <> 'customers'`)
      .pluck(),
    about: sqlite
      .prepare<[], number>(
        `select (select count(*) from customers) + (select count(*) from tags)
           + (select count(*) from audience_members) + (select coalesce(max(seq), 0) from events)
           + (select 2 * coalesce(max(id), 0) from enrollments) + (select coalesce(max(id), 0) from messages)`,
      )
      .pluck(),
    customers: changed<string>('customer_id', 'customers'),
    tags: changed<string>('customer_id', 'tags'),
    members: changed<string>('customer_id', 'members'),
    events: changed<number>('event_seq', 'events'),
    acts: sqlite
      .prepare<[number, number], number>(
        `select distinct j.value from changes c, json_each(c.passages) j where c.seq > ? and c.part = 'acts' limit ?`,
      )
      .pluck(),
  }
}

type Statements = ReturnType<typeof statements>

function markOf(run: Statements): TruthMark {
  const change = run.lastChange.get()
  const event = run.lastEvent.get()
  return {
    change: change?.seq ?? 0,
    changeRow: change?.row ?? '',
    event: event?.seq ?? 0,
    eventRow: event?.row ?? '',
  }
}

/** Whether this truth has been at a mark, and has kept all that changed since. */
function continues(run: Statements, mark: TruthMark): boolean {
  const first = run.firstChange.get() ?? null
  if (mark.change === 0 ? first !== null && first > 1 : run.change.get(mark.change) !== mark.changeRow)
    return false
  if (mark.event === 0) return true
  const event = run.event.get(mark.event)
  // The last event that was read may have been changed or taken away since, which the log says.
  return event === mark.eventRow || run.ofEvent.get(mark.change, mark.event) !== undefined
}

/** Those of a night's campaign are sooner read with all the rest. */
function actsChanged(run: Statements, since: number, most: number): TruthChanges['acts'] {
  const passages = run.acts.all(since, most + 1)
  return passages.length > most ? 'all' : passages
}

function changesSince(run: Statements, mark: TruthMark, now: TruthMark): TruthChanges | null {
  const since = mark.change
  if (!continues(run, mark)) return null
  const most = limits.copyChanges.value
  const many = now.change - since > most
  if (many && (run.others.get(since) ?? 0) > most) return null
  return {
    customers: many ? 'all' : run.customers.all(since),
    tags: run.tags.all(since),
    members: run.members.all(since),
    events: run.events.all(since),
    acts: actsChanged(run, since, most),
  }
}

const among = (column: string) => `where t.${column} in (select value from json_each(?))`

function whereOf(
  part: TablePart,
  which: Which,
  mark: TruthMark,
): { sql: string; values: (string | number)[] } {
  const order = part === 'events' ? ' order by t.seq' : ''
  if (which.kind === 'of')
    return { sql: among(places[part].customer), values: [JSON.stringify(which.customers)] }
  if (which.kind === 'events') return { sql: among('seq') + order, values: [JSON.stringify(which.seqs)] }
  if (which.kind === 'after')
    return { sql: `where t.seq > ? and t.seq <= ?${order}`, values: [which.seq, mark.event] }
  return part === 'events'
    ? { sql: `where t.seq <= ?${order}`, values: [mark.event] }
    : { sql: '', values: [] }
}

/** Acts of everybody or of some passages, each with whose it is. */
function actRows(
  sqlite: Database.Database,
  whole: boolean,
): (which: Which) => Iterable<readonly [customer: string, act: Act]> {
  const read = actReader(sqlite)
  const told = (row: ActRow) => [row[0], read(row)] as const
  const all = sqlite.prepare<[], ActRow>(actsSql(everyKind, 'all')).raw()
  const some = sqlite.prepare<[{ some: string }], ActRow>(actsSql(everyKind, 'passages')).raw()
  function* rows(which: Which) {
    if (which.kind === 'passages') yield* some.all({ some: JSON.stringify(which.passages) }).map(told)
    else for (const row of whole ? all.all() : all.iterate()) yield told(row)
  }
  return rows
}

const everyKind = actKindsOf(actEventNames)

/** Reads what stands in a database now; rows all at once, or as they are asked for, when nobody may write meanwhile. */
function readerOf(sqlite: Database.Database, whole: boolean): () => TruthReading {
  const run = statements(sqlite)
  const types = attributeTypesReader(sqlite)
  const saved = allSavedAudiences(sqlite)
  const generation = generationReader(sqlite)
  const acts = actRows(sqlite, whole)
  return () => {
    const mark = markOf(run)
    const audiences = saved()
    return {
      generation: generation(),
      mark,
      types: types(),
      saved: (key) => audiences.get(key),
      about: () => run.about.get() ?? 0,
      since: (earlier) => changesSince(run, earlier, mark),
      rows(part, reads, which) {
        if (part === 'acts') return acts(which)
        const { sql, values } = whereOf(part, which, mark)
        const query = sqlite
          .prepare<unknown[], readonly unknown[]>(`select ${reads} from ${places[part].table} t ${sql}`)
          .raw()
        return whole ? query.all(...values) : query.iterate(...values)
      },
    }
  }
}

/**
 * The truth behind a connection that goes on writing, for scratch copies: what is written while it is read is read
 * again.
 */
export function truthOf(db: BrandDatabase): Truth {
  const now = readerOf(db.sqlite, true)
  return {
    stamp: () => stampOf(db),
    read: (work) => work(now()),
    picks: shownReader(db.sqlite),
    close: () => undefined,
  }
}

/** A file by its place on the disk: another one may be laid under the same name. */
function placeOnDisk(path: string): string {
  const { dev, ino } = statSync(path)
  return `${dev} ${ino}`
}

/** A brand's database, read in one transaction each time by a connection of its own. Problems of `openDatabase`. */
export function openTruth(path: string): Truth {
  const open = () => {
    const place = placeOnDisk(path)
    const db = openDatabase(path, { readonly: true })
    return { place, db, now: readerOf(db.sqlite, false), picks: shownReader(db.sqlite) }
  }
  let opened = open()
  return {
    stamp() {
      if (placeOnDisk(path) !== opened.place) {
        opened.db.close()
        opened = open()
      }
      return `${opened.place} ${stampOf(opened.db)}`
    },
    async read(work) {
      const { db, now } = opened
      db.sqlite.exec('begin')
      try {
        return await work(now())
      } finally {
        db.sqlite.exec('rollback')
      }
    },
    picks: (ids, now) => opened.picks(ids, now),
    close: () => opened.db.close(),
  }
}
