import { Problem } from '../../../../shared/errors/index.ts'
import type { PassageStore, PeopleChanges } from '../../../ports/people.ts'
import { changer } from '../changes.ts'
import { timelineOfPassage } from '../customers/timeline.ts'
import type { BrandDatabase } from '../database.ts'
import { passageReader } from './passages.ts'
import { fillList, peopleReader } from './people.ts'

const these = 'in (select value from json_each(?))'

function changes(db: BrandDatabase): PeopleChanges {
  const { sqlite } = db
  const change = changer(db)
  // One failure stays on record: what has happened meanwhile is met before it goes on.
  const retry = sqlite.prepare(
    `update enrollments set status = 'live', due_at = ?, attempts = 1, error = null
     where id ${these} and journey_id = ? and state = ? and status = 'stuck'`,
  )
  const make = sqlite.prepare(
    `insert or ignore into audiences (key, name, kind, created_at, updated_at) values (?, ?, 'list', ?, ?)`,
  )
  const drop = sqlite.prepare(
    `update asks set due_at = null where due_at is not null and enrollment_id ${these}`,
  )
  return {
    retryPeople: async (act, { journeyId, node }, enrollments) =>
      change(
        act,
        () => retry.run(act.at, JSON.stringify(enrollments), journeyId, node).changes,
        (retried) => ({ action: 'journey.retried', id: journeyId, detail: { retried, node } }),
      ),
    async saveList(act, place, { key, name, who }) {
      const fill = () => fillList(db, place, who, { key, at: act.at })
      const makeAndFill = () => {
        if (make.run(key, JSON.stringify(name), act.at, act.at).changes === 0)
          throw new Problem('audience-exists', { audience: key }, 'key')
        return change(act, fill, ({ people }) => ({ action: 'audience.filled', id: key, detail: { people } }))
      }
      return change(act, makeAndFill, () => ({ action: 'audience.created', id: key }))
    },
    // The end of a removal or a move, which is in the log already.
    dropQuestions: async (_act, enrollments) => void drop.run(JSON.stringify(enrollments)),
  }
}

/** Passages and who stands where, over one brand's database. */
export function passageStore(db: BrandDatabase): PassageStore {
  const { sqlite } = db
  const name = sqlite.prepare<[string], string | null>('select name from customers where id = ?').pluck()
  const tagsSince = sqlite
    .prepare<[string, number], string>('select tag from tags where customer_id = ? and at >= ?')
    .pluck()
  const listsSince = sqlite
    .prepare<[string, number], string>(
      'select audience from audience_members where customer_id = ? and at >= ?',
    )
    .pluck()
  const sentBy = sqlite.prepare<[number], { channel: string; decidedAt: number }>(
    `select channel, created_at as decidedAt from messages where enrollment_id = ? and purpose = 'marketing'`,
  )
  return {
    ...passageReader(db.sqlite),
    ...peopleReader(db),
    ...changes(db),
    sinceEntry: async ({ id, customerId, enteredAt }) => ({
      tags: tagsSince.all(customerId, enteredAt),
      lists: listsSince.all(customerId, enteredAt),
      touches: sentBy.all(id),
    }),
    storyOf: async (id, registry) => timelineOfPassage(db, id, registry),
    nameOf: async (customerId) => name.get(customerId) ?? null,
  }
}
