import { isAct } from '../../../../shared/conditions/acts.ts'
import {
  type AudienceFault,
  type NamedAudiences,
  sayCircle,
} from '../../../../shared/conditions/audiences.ts'
import { type AttributeTypes, declaredOf } from '../../../../shared/conditions/customer.ts'
import { sourcesOf } from '../../../../shared/conditions/lines.ts'
import { type Condition, filtersIn, type Leaf, leavesOf } from '../../../../shared/conditions/schema.ts'
import type { EnteringStore, Look, LookAnswer, LookMark, Watch } from '../../../ports/entering.ts'
import { attributeTypesReader } from '../customers/attributes.ts'
import type { BrandDatabase } from '../database.ts'
import { stampOf } from '../stamp.ts'
import { type Compared, comparedPages, differencesReader, type Everybody } from './everybody.ts'

function sayFault(audience: string, fault: AudienceFault): string {
  if (fault.kind === 'circle') return `${audience}: ${sayCircle(fault.audiences)}`
  if (fault.kind === 'deep') return `${audience}: ${fault.levels} levels deep`
  return `${audience}: ${fault.audience} is ${fault.kind}`
}

const ofTrigger = 'journey_id = ? and node = ?'

function statements({ sqlite }: BrandDatabase) {
  return {
    join: sqlite.prepare(
      `insert or ignore into watch_members (journey_id, node, customer_id, shard)
       select ?, ?, c.id, magpie_shard(c.id) from json_each(?) r join customers c on c.id = r.value`,
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
    stands: sqlite
      .prepare<[string, string, string, number], number>(
        `select 1 from watches where ${ofTrigger} and state = ? and version = ?`,
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

/** The events that tell of what a condition asks for. */
const eventsIn = (leaves: readonly Leaf[]): string[] => [
  ...new Set(leaves.flatMap(filtersIn).flatMap(({ event }) => sourcesOf(event))),
]

/**
 * Who may have come to be of an audience, or not to be any more, since a mark: by an event, also one that had come in before
 * its own time, or by what the log of changes says, whatever it was (an attribute, a tag, a list, an owner, a score).
 */
const touchedSql = (acts: boolean) => `select customer_id as id from events where seq > @seq
  union select customer_id from events where name in (select value from json_each(@names)) and at > @at
  union select customer_id from changes where seq > @change and customer_id <> ''
  ${acts ? `union ${actedSql}` : ''}
  limit ${mostInScope + 1}`

/** To whom journeys have done something; asked for by few conditions, and true of many while the engine is busy. */
const actedSql = `select e.customer_id from changes c, json_each(c.passages) j join enrollments e on e.id = j.value
  where c.seq > @change and c.part = 'acts'`

/** Whom a look is about; null: everybody. */
function scopeOf(
  db: BrandDatabase,
  { since, condition }: Look,
  named: NamedAudiences,
): readonly string[] | null {
  if (since === null) return null
  const { sqlite } = db
  // Of what the night has taken from the log nobody can say whom it was about.
  const first = sqlite.prepare<[], number | null>('select min(seq) from changes').pluck().get() ?? null
  if (first !== null && first > since.change + 1) return null
  const leaves = [condition, ...named.conditions.values()].flatMap(leavesOf)
  const names = eventsIn(leaves)
  const ids = sqlite
    .prepare<[LookMark & { names: string }], string>(touchedSql(names.some(isAct)))
    .pluck()
    .all({ ...since, names: JSON.stringify(names) })
  return ids.length > mostInScope ? null : ids
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

/** What a look goes by, as it stands when that begins. */
interface Begun {
  readonly look: Look
  /** Whether it finds out who is of the audience, and notes nobody. */
  readonly start: boolean
  readonly meaning: string
  /** Whether the look is to be written down though nobody has changed. */
  readonly told: boolean
}

type Statements = ReturnType<typeof statements>

function begun(run: Statements, look: Look, named: NamedAudiences, types: AttributeTypes | undefined): Begun {
  const { watch, present, goesOn, condition } = look
  const meaning = meaningOf(condition, named, types)
  const { definition: before = null, error: lost = null } = run.known.get(watch.journeyId, watch.node) ?? {}
  // Who comes to be of it because somebody has said anew what it means has done nothing, and what comes back after
  // nobody could say who is of it may be another list of that name: nobody is swept in.
  const other = before !== meaning.text && before !== meaning.ofEarlier
  const goingOn = watch.state === 'going' || (watch.state === 'resumed' && goesOn)
  const anew = (watch.state === 'resumed' && !goesOn) || (goingOn && (other || lost !== null))
  // Who was of it before it was published anew has been let in by then, and comes in by no publication twice.
  const start = anew || (watch.state === 'published' && !present)
  const told = watch.state !== 'going' || before !== meaning.text || lost !== null
  return { look, start, meaning: meaning.text, told }
}

/** Compares a part of those who are of the audience with those who were, and notes them; answers how many have changed. */
function comparer(db: BrandDatabase, run: Statements) {
  const differences = differencesReader(db.sqlite)
  return ({ look, start }: Begun, part: Compared, most: number): number => {
    const { watch, on, moment } = look
    const key = [watch.journeyId, watch.node] as const
    const all = differences(watch, part)
    const joined = all.joined.slice(0, most)
    const left = all.left.slice(0, most - joined.length)
    const [joiners, leavers] = [JSON.stringify(joined), JSON.stringify(left)]
    if (joined.length > 0) run.join.run(...key, joiners)
    if (left.length > 0) run.leave.run(...key, leavers)
    const found = on === 'join' ? joined : left
    if (!start && found.length > 0) {
      const texts = on === 'join' ? joiners : leavers
      const comes =
        watch.state === 'published' ? JSON.stringify(run.strangers.all(texts, watch.journeyId)) : texts
      run.note.run(...key, `${on} ${moment.now}`, moment.now, moment.now, comes)
    }
    return joined.length + left.length
  }
}

/** Looks at the parts of an audience one after the other, each in a transaction; answers how many have changed. */
function looker(db: BrandDatabase, everybody: Everybody): (look: Look) => Promise<LookAnswer> {
  const { holding } = everybody
  const run = statements(db)
  const types = attributeTypesReader(db.sqlite)
  const compare = comparer(db, run)
  const lastSeq = db.sqlite.prepare<[], number>('select max(seq) from events').pluck()
  const lastChange = db.sqlite.prepare<[], number>('select max(seq) from changes').pluck()
  const write = (work: () => void) => db.sqlite.transaction(work).immediate()

  const lookedAt = ({ look: { watch, moment }, told, meaning }: Begun, changed: number): void => {
    // A look that finds nothing writes nothing, so that it is no reason for the next.
    if (told || changed > 0 || hourOf(watch.lookedAt) !== hourOf(moment.now))
      run.looked.run(meaning, moment.now, watch.journeyId, watch.node)
  }
  const settle = async (
    begins: Begun,
    parts: AsyncIterable<Compared> | Iterable<Compared>,
  ): Promise<number> => {
    const { watch, limit } = begins.look
    const key = [watch.journeyId, watch.node] as const
    let [changed, first] = [0, true]
    for await (const part of parts) {
      let over = part.last
      write(() => {
        // Somebody has published it anew, or taken it away, while the copy was asked.
        if (run.stands.get(...key, watch.state, watch.version) === undefined) {
          over = true
          return
        }
        if (begins.start && first) run.clear.run(...key)
        // The look that finds out who is of it is about everybody.
        const most = begins.start ? Number.POSITIVE_INFINITY : limit - changed
        changed += compare(begins, part, most)
        over ||= changed >= limit && !begins.start
        if (over) lookedAt(begins, changed)
      })
      first = false
      if (over) break
    }
    return changed
  }

  return async (look) => {
    const { watch, condition, moment } = look
    const mark = { seq: lastSeq.get() ?? 0, at: moment.now, change: lastChange.get() ?? 0 }
    const named = holding.named([condition])
    const [fault] = [...named.unknown].map(([audience, why]) => sayFault(audience, why))
    if (fault !== undefined) {
      write(() => run.fault.run(fault, watch.journeyId, watch.node, fault))
      return { changed: 0, unknown: fault, mark }
    }
    const begins = begun(run, look, named, types())
    const scope = begins.start ? null : scopeOf(db, look, named)
    if (scope?.length === 0) return { changed: 0, unknown: null, mark }
    const parts = comparedPages(everybody, condition, moment, scope)
    return { changed: await settle(begins, parts), unknown: null, mark }
  }
}

interface WatchRow extends Omit<Watch, 'state'> {
  state: string
}

const stateOf = (text: string): Watch['state'] =>
  text === 'published' || text === 'resumed' ? text : 'going'

/** The triggers and exits of live journeys that watch an audience. */
export function watchesReader(db: BrandDatabase): () => Watch[] {
  const all = db.sqlite.prepare<[], WatchRow>(
    `select w.journey_id as journeyId, w.node, w.version, w.state, w.looked_at as lookedAt
     from watches w join journeys j on j.id = w.journey_id and j.status = 'live' order by w.journey_id, w.node`,
  )
  return () => all.all().map((row) => ({ ...row, state: stateOf(row.state) }))
}

/** Looks who joins and leaves the audiences of triggers. */
export function watcher(db: BrandDatabase, everybody: Everybody): Pick<EnteringStore, 'stamp' | 'look'> {
  return { stamp: async () => stampOf(db), look: looker(db, everybody) }
}
