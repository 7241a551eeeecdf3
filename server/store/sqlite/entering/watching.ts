import {
  type AudienceFault,
  type NamedAudiences,
  namedBy,
  sayCircle,
} from '../../../../shared/conditions/audiences.ts'
import { type AttributeTypes, declaredOf } from '../../../../shared/conditions/customer.ts'
import { orderEvent, refundEvent } from '../../../../shared/conditions/purchases.ts'
import { type Condition, type Leaf, leavesOf } from '../../../../shared/conditions/schema.ts'
import type { Fragment } from '../../../analytics/sql.ts'
import { Asking } from '../../../analytics/where.ts'
import type { EnteringStore, Look, LookAnswer, LookMark, Watch } from '../../../ports/entering.ts'
import { baseReader } from '../audiences/base.ts'
import type { BrandDatabase } from '../database.ts'
import { stampOf } from '../stamp.ts'

function sayFault(audience: string, fault: AudienceFault): string {
  if (fault.kind === 'circle') return `${audience}: ${sayCircle(fault.audiences)}`
  if (fault.kind === 'deep') return `${audience}: ${fault.levels} levels deep`
  return `${audience}: ${fault.audience} is ${fault.kind}`
}

const everybody: Fragment = { sql: '1', values: [] }

interface Difference {
  readonly id: string
  readonly joined: 0 | 1
}

const ofTrigger = 'journey_id = ? and node = ?'

function statements({ sqlite }: BrandDatabase) {
  return {
    join: sqlite.prepare(
      `insert or ignore into watch_members (journey_id, node, customer_id, shard)
       select ?, ?, value, magpie_shard(value) from json_each(?)`,
    ),
    leave: sqlite.prepare(
      `delete from watch_members where ${ofTrigger} and customer_id in (select value from json_each(?))`,
    ),
    clear: sqlite.prepare(`delete from watch_members where ${ofTrigger}`),
    note: sqlite.prepare(
      `insert or ignore into coming (journey_id, node, customer_id, cause, shard, noted_at, due_at)
       select ?, ?, c.id, ?, magpie_shard(c.id), ?, ?
       from json_each(?) r join customers c on c.id = r.value`,
    ),
    // Rule 3: publishing again enrolls nobody twice, and whoever is of it has done nothing since.
    strangers: sqlite
      .prepare<[string, string], string>(
        `select r.value from json_each(?) r where not exists
           (select 1 from enrollments e where e.customer_id = r.value and e.journey_id = ?)`,
      )
      .pluck(),
    looked: sqlite.prepare(
      `update watches set state = 'going', definition = ?, looked_at = ?, error = null where ${ofTrigger}`,
    ),
    known: sqlite.prepare<[string, string], { definition: string | null; error: string | null }>(
      `select definition, error from watches where ${ofTrigger}`,
    ),
    fault: sqlite.prepare(`update watches set error = ? where ${ofTrigger} and error is not ?`),
  }
}

/** More than so many at once are looked at with everybody else. */
const mostInScope = 5_000

/** The events that a condition asks for; of orders also what gives them back. */
function eventsIn(leaves: readonly Leaf[]): string[] {
  const names = new Set(leaves.flatMap((leaf) => (leaf.kind === 'events' ? [leaf.event] : [])))
  return names.has(orderEvent) ? [...names, refundEvent] : [...names]
}

/** What of the base a condition asks that may have been written since a mark, as ids of customers. */
function touchedSql(leaves: readonly Leaf[], named: NamedAudiences): string {
  const asks = (...kinds: readonly Leaf['kind'][]) => leaves.some(({ kind }) => kinds.includes(kind))
  const parts = [
    'select customer_id as id from events where seq > @seq',
    // What had come in before its own time was not yet to be seen then.
    'select customer_id from events where name in (select value from json_each(@names)) and at > @at',
  ]
  // Of a tag that was taken away nothing is left but that its customer was changed.
  if (asks('attribute', 'anniversary', 'tag')) parts.push('select id from customers where updated_at >= @at')
  if (asks('tag')) parts.push('select customer_id from tags where at >= @at')
  if (named.lists.size > 0) parts.push('select customer_id from audience_members where at >= @at')
  return parts.join(' union ')
}

/** Whom a look is about; null: everybody. */
function scopeOf(db: BrandDatabase, look: Look): readonly string[] | null {
  const { since, condition } = look
  if (since === null) return null
  const named = namedBy([condition], baseReader(db.sqlite)().saved)
  const leaves = [condition, ...named.conditions.values()].flatMap(leavesOf)
  const ids = db.sqlite
    .prepare<[LookMark & { names: string }], string>(`${touchedSql(leaves, named)} limit ${mostInScope + 1}`)
    .pluck()
    .all({ ...since, names: JSON.stringify(eventsIn(leaves)) })
  return ids.length > mostInScope ? null : ids
}

/** Who is of an audience now and was not, or was and is not any more: one query over the base. */
function differences({ sqlite }: BrandDatabase, asking: Asking, look: Look, scope: Fragment): Difference[] {
  const { sql, values } = asking.where(look.condition)
  const { journeyId, node } = look.watch
  return sqlite
    .prepare<unknown[], Difference>(
      `with inside as materialized (select c.id from customers c where ${scope.sql} and ${sql})
       select id, 1 as joined from inside
       where not exists (select 1 from watch_members m where m.journey_id = ? and m.node = ? and m.customer_id = inside.id)
       union all select c.customer_id, 0 from (select customer_id, customer_id as id from watch_members where ${ofTrigger}) c
       where ${scope.sql} and c.customer_id not in (select id from inside)
       limit ?`,
    )
    .all(...scope.values, ...values, journeyId, node, journeyId, node, ...scope.values, look.limit)
}

/** What a condition means: itself, all that it names, and as what the attributes are read that it asks for. */
function meaningOf(condition: Condition, { conditions }: NamedAudiences, types: AttributeTypes | undefined) {
  const leaves = [condition, ...conditions.values()].flatMap(leavesOf)
  const asked = leaves.flatMap((leaf) =>
    leaf.kind === 'attribute' || leaf.kind === 'anniversary' ? [leaf.name] : [],
  )
  const read = [...new Set(asked)].sort().map((name) => [name, declaredOf(types, name)])
  const own = [condition, [...conditions]]
  // Earlier releases did not keep how attributes are read.
  return { text: JSON.stringify([...own, read]), ofEarlier: JSON.stringify(own) }
}

/** For what time alone changes audiences are looked at each whole hour. */
export const lookEveryMs = 3_600_000

const hourOf = (at: number | null) => (at === null ? null : Math.floor(at / lookEveryMs))

function looker(db: BrandDatabase): (look: Look) => LookAnswer {
  const run = statements(db)
  const base = baseReader(db.sqlite)
  const lastSeq = db.sqlite.prepare<[], number>('select max(seq) from events').pluck()
  return (look) => {
    const { watch, condition, moment, on, present, goesOn } = look
    const { journeyId, node } = watch
    const key = [journeyId, node] as const
    const mark = { seq: lastSeq.get() ?? 0, at: moment.now }
    const ids = scopeOf(db, look)
    if (ids?.length === 0) return { changed: 0, unknown: null, mark }
    const scope =
      ids === null
        ? everybody
        : { sql: 'c.id in (select value from json_each(?))', values: [JSON.stringify(ids)] }
    const known = base()
    const asking = new Asking(known, moment, { conditions: [condition], scope })
    const [fault] = [...asking.named.unknown].map(([audience, why]) => sayFault(audience, why))
    if (fault !== undefined) {
      run.fault.run(fault, ...key, fault)
      return { changed: 0, unknown: fault, mark }
    }
    const meaning = meaningOf(condition, asking.named, known.types)
    const { definition: before = null, error: lost = null } = run.known.get(...key) ?? {}
    // Who comes to be of it because somebody has said anew what it means has done nothing, and what comes back after
    // nobody could say who is of it may be another list of that name: nobody is swept in.
    const other = before !== meaning.text && before !== meaning.ofEarlier
    const goingOn = watch.state === 'going' || (watch.state === 'resumed' && goesOn)
    const anew = (watch.state === 'resumed' && !goesOn) || (goingOn && (other || lost !== null))
    const start = anew || (watch.state === 'published' && !present)
    // Who was of it before it was published anew has been let in by then, and comes in by no publication twice.
    if (start) run.clear.run(...key)
    // The look that finds out who is of it is about everybody.
    const all = differences(db, asking, start ? { ...look, limit: -1 } : look, start ? everybody : scope)
    const joined = JSON.stringify(all.flatMap(({ id, joined }) => (joined === 1 ? [id] : [])))
    const left = JSON.stringify(all.flatMap(({ id, joined }) => (joined === 0 ? [id] : [])))
    if (all.length > 0) {
      run.join.run(...key, joined)
      run.leave.run(...key, left)
      const cause = `${on} ${moment.now}`
      const found = on === 'join' ? joined : left
      const comes = watch.state === 'published' ? JSON.stringify(run.strangers.all(found, journeyId)) : found
      if (!start) run.note.run(...key, cause, moment.now, moment.now, comes)
    }
    const told = watch.state !== 'going' || before !== meaning.text || lost !== null || all.length > 0
    // A look that finds nothing writes nothing, so that it is no reason for the next.
    if (told || hourOf(watch.lookedAt) !== hourOf(moment.now))
      run.looked.run(meaning.text, moment.now, ...key)
    return { changed: all.length, unknown: null, mark }
  }
}

interface WatchRow extends Omit<Watch, 'state'> {
  state: string
}

const stateOf = (text: string): Watch['state'] =>
  text === 'published' || text === 'resumed' ? text : 'going'

/** Looks who joins and leaves the audiences of triggers. */
export function watcher(db: BrandDatabase): Pick<EnteringStore, 'watches' | 'stamp' | 'look'> {
  const all = db.sqlite.prepare<[], WatchRow>(
    `select w.journey_id as journeyId, w.node, w.version, w.state, w.looked_at as lookedAt
     from watches w join journeys j on j.id = w.journey_id and j.status = 'live' order by w.journey_id, w.node`,
  )
  const look = db.sqlite.transaction(looker(db))
  return {
    watches: async () => all.all().map((row) => ({ ...row, state: stateOf(row.state) })),
    stamp: async () => stampOf(db),
    look: async (asked) => look.immediate(asked),
  }
}
