import type Database from 'better-sqlite3'
import { z } from 'zod'
import { leadsOn, passedEvent } from '../../../../shared/run/following.ts'
import type { Change } from '../../../ports/engine.ts'
import type { ComingEntry } from '../../../ports/entering.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { comingWriter } from './coming.ts'

interface Row {
  journeyId: string
  node: string
  follows: string
  moment: string
  endings: string
}

interface Follower extends Omit<Row, 'endings' | 'moment'> {
  readonly on: 'entered' | 'left'
  readonly endings: ReadonlySet<string>
}

const texts = z.array(z.string())

/** Triggers, of live and paused journeys, that follow another journey; the engine asks once a batch. */
function followersReader(sqlite: Database.Database): () => readonly Follower[] {
  const all = sqlite.prepare<[], Row>(
    `select f.journey_id as journeyId, f.node, f.follows, f.moment, f.endings
     from followers f join journeys j on j.id = f.journey_id and j.status in ('live', 'paused')`,
  )
  return () =>
    all.all().map(({ moment, ...row }) => ({
      ...row,
      on: moment === 'entered' ? 'entered' : 'left',
      endings: new Set(valueOr(readColumn(row.endings, texts), [])),
    }))
}

function opens(follower: Follower, { before, leftAt, ending }: Change): boolean {
  if (follower.on === 'entered') return before === null
  return ending !== null && leftAt === null && leadsOn(follower, ending)
}

/** Notes for the journeys that follow whoever has come into or left another, in the transaction that lets them. */
export function followWriter(sqlite: Database.Database): (changes: readonly Change[], now: number) => void {
  const note = comingWriter(sqlite)
  const read = followersReader(sqlite)
  const follow = (followers: readonly Follower[], change: Change, now: number) => {
    const { enrollment, ending } = change
    const { id, journeyId, customerId } = enrollment
    const entries: ComingEntry[] = followers
      .filter((one) => one.follows === journeyId && opens(one, change))
      .map(({ journeyId: own, node, on }) => ({
        journeyId: own,
        node,
        customerId,
        cause: `${on} ${id}`,
        dueAt: now,
        event: passedEvent(enrollment, { on, ending, at: now }),
      }))
    note(entries, now)
  }
  return (changes, now) => {
    const followers = changes.length === 0 ? [] : read()
    if (followers.length > 0) for (const change of changes) follow(followers, change, now)
  }
}
