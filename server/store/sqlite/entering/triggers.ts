import type { Plan } from '../../../../shared/compile/plan.ts'
import { exitKey, exitMark } from '../../../../shared/journey/exits.ts'
import { type ForEntrances, forEntrance } from '../../../../shared/nodes/entrance.ts'
import { listEvent, triggerByHand } from '../../../../shared/run/enter.ts'
import { exitsOf } from '../../../../shared/run/exits.ts'
import type { BrandDatabase } from '../database.ts'

interface Place {
  readonly journeyId: string
  readonly node: string
  readonly version: number
  /** Whether the trigger means what it meant before. */
  readonly same: boolean
}

/** What is kept of each kind of trigger beside its journey, so that it is found without reading any. */
const keepers: ForEntrances<[BrandDatabase, Place], void> = {
  schedule: () => undefined,
  event: () => undefined,
  manual: () => undefined,
  membership: (_entrance, { sqlite }, { journeyId, node, version, same }) => {
    const known = sqlite.prepare('update watches set version = ? where journey_id = ? and node = ?')
    if (same && known.run(version, journeyId, node).changes > 0) return
    sqlite
      .prepare(
        `insert or replace into watches (journey_id, node, version, state) values (?, ?, ?, 'published')`,
      )
      .run(journeyId, node, version)
  },
  absence: () => undefined,
  journey: ({ journey, on, endings }, { sqlite }, { journeyId, node, version }) => {
    sqlite
      .prepare(
        `insert into followers (journey_id, node, version, follows, moment, endings) values (?, ?, ?, ?, ?, ?)`,
      )
      .run(journeyId, node, version, journey, on, JSON.stringify(endings))
  },
}

/** Keeps what a version's triggers need to be noticed by, and forgets that of triggers which are no more. */
export function keepTriggers(db: BrandDatabase, plan: Plan, same: (node: string) => boolean): void {
  const { sqlite } = db
  const { id } = plan.journey
  const exits = exitsOf(plan).map(exitKey)
  const nodes = JSON.stringify([
    ...plan.triggers.map((trigger) => trigger.id),
    ...exits,
    ...stillBound(db, plan),
  ])
  const gone = 'journey_id = ? and node not in (select value from json_each(?))'
  const hand = triggerByHand(plan)
  // Whoever stands in a list that has been read comes in, whatever its trigger was called then.
  if (hand !== undefined)
    sqlite
      .prepare(`update or ignore coming set node = ? where ${gone} and event ->> '$.name' = ?`)
      .run(hand.id, id, nodes, listEvent)
  for (const table of ['watches', 'watch_members', 'coming'])
    sqlite.prepare(`delete from ${table} where ${gone}`).run(id, nodes)
  sqlite.prepare('delete from followers where journey_id = ?').run(id)
  for (const { id: node, entrance } of plan.triggers) {
    const place = { journeyId: id, node, version: plan.version, same: same(node) }
    // Who has been noted already is asked by what the trigger means when the time has come.
    if (!place.same) sqlite.prepare('delete from watches where journey_id = ? and node = ?').run(id, node)
    forEntrance(keepers, entrance, db, place)
  }
  // What is watched already goes on from where it is: whoever left meanwhile leaves.
  const watch = sqlite.prepare(
    `insert into watches (journey_id, node, version, state) values (?, ?, ?, 'published')
     on conflict (journey_id, node) do update set version = excluded.version`,
  )
  for (const key of exits) watch.run(id, key, plan.version)
  sqlite
    .prepare(
      `delete from watch_members where journey_id = ?
         and node not in (select w.node from watches w where w.journey_id = watch_members.journey_id)`,
    )
    .run(id)
}

/** What is watched for those who are to finish on an earlier version, as long as there are any. */
function stillBound({ sqlite }: BrandDatabase, { journey: { id }, version }: Plan): readonly string[] {
  const bound = sqlite.prepare<[string, string, number], string>(
    `select node from watches w where journey_id = ? and node like ? || '%' and exists
       (select 1 from enrollments e where e.journey_id = w.journey_id and e.ended_at is null and e.version <> ?)`,
  )
  return bound.pluck().all(id, exitMark, version)
}

/** Forgets all of a journey that lets nobody in any more. */
export function forgetTriggers({ sqlite }: BrandDatabase, journeyId: string): void {
  for (const table of ['watches', 'watch_members', 'followers', 'coming'])
    sqlite.prepare(`delete from ${table} where journey_id = ?`).run(journeyId)
}
