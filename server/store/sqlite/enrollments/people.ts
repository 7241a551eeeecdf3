import type { PeopleAnswer, PeopleQuery, PersonAtNode, WhoAtNode } from '../../../../shared/api/people.ts'
import type { StoredEnrollment } from '../../../ports/engine.ts'
import type { Asked, NodePlace, PeopleReads } from '../../../ports/people.ts'
import type { BrandDatabase } from '../database.ts'
import { type EnrollmentRow, enrollmentColumns, storedOrBare } from './enrollments.ts'

interface PersonRow extends Omit<PersonAtNode, 'control' | 'stuck'> {
  readonly control: number
  readonly stuck: number
}

type Given = Readonly<Record<string, string | number>>

/** What picks among those on a node, as SQL over `e` with the customer as `c`. */
function picked({ journeyId, node }: NodePlace, { search = '', only, version }: Asked): [string, Given] {
  const text = search.trim()
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  const parts = [
    'e.state = @node and e.ended_at is null',
    ...(only === 'stuck' ? [`e.status = 'stuck'`] : []),
    ...(version === undefined ? [] : ['e.version = @version']),
    ...(text === '' ? [] : [`(c.id like @like escape '\\' or c.name like @like escape '\\')`]),
  ]
  return [
    parts.join(' and '),
    {
      journeyId,
      node,
      ...(version === undefined ? {} : { version }),
      ...(text === '' ? {} : { like }),
    },
  ]
}

// By the index of those under way, which a journey of many who have left makes short.
const from = `from enrollments e indexed by enrollments_live left join customers c on c.id = e.customer_id
  where e.journey_id = @journeyId`

function peopleAt({ sqlite }: BrandDatabase, place: NodePlace, query: PeopleQuery): PeopleAnswer {
  const [where, given] = picked(place, query)
  const { after, limit } = query
  const found = sqlite
    .prepare<Given, PersonRow>(
      `select e.id as enrollmentId, e.customer_id as customerId, c.name as customerName, e.version, e.control,
         e.entered_at as enteredAt, e.arrived_at as since, e.due_at as until, e.wait_event as waitsFor,
         e.status = 'stuck' as stuck, e.error, e.attempts
       ${from} and ${where} and e.id > @after order by e.id limit @limit`,
    )
    .all({ ...given, after, limit: limit + 1 })
  const counts = sqlite
    .prepare<Given, { total: number; stuck: number }>(
      `select count(*) as total, count(*) filter (where e.status = 'stuck') as stuck ${from} and ${where}`,
    )
    .get(given)
  const page = found.slice(0, limit)
  const people = page.map((row) => ({ ...row, control: row.control === 1, stuck: row.stuck === 1 }))
  const last = page.at(-1)
  return {
    people,
    ...(counts ?? { total: 0, stuck: 0 }),
    next: found.length > page.length && last !== undefined ? last.enrollmentId : null,
  }
}

/** Puts those on a node who are meant into a list, within the caller's transaction. */
export function fillList(
  { sqlite }: BrandDatabase,
  place: NodePlace,
  who: WhoAtNode,
  { key, at }: { readonly key: string; readonly at: number },
): { people: number; asked: number } {
  const named = 'enrollments' in who ? [...new Set(who.enrollments)] : null
  const [where, given] = picked(place, 'enrollments' in who ? { only: 'all' } : who)
  const all = { ...given, ...(named === null ? {} : { named: JSON.stringify(named) }) }
  const meant = `${from} and ${where}${named === null ? '' : ' and e.id in (select value from json_each(@named))'}`
  const people = sqlite
    .prepare<Given>(
      `insert or ignore into audience_members (audience, customer_id, at, enrollment_id)
       select @key, e.customer_id, @at, e.id ${meant} order by e.id`,
    )
    .run({ ...all, key, at }).changes
  const standing =
    named === null ? sqlite.prepare<Given, number>(`select count(*) ${meant}`).pluck().get(all) : null
  return { people, asked: named?.length ?? standing ?? 0 }
}

const columns = enrollmentColumns.replaceAll(/\w+/g, (column) => `e.${column}`)

/** Reads who stands where. */
export function peopleReader(db: BrandDatabase): PeopleReads {
  const some = db.sqlite
    .prepare<[string, string, string], EnrollmentRow>(
      `select ${columns} from json_each(?) a join enrollments e on e.id = a.value
       where e.journey_id = ? and e.state = ? and e.ended_at is null order by e.id`,
    )
    .raw()
  const all = (
    place: NodePlace,
    asked: Asked,
    page: { after: number; limit: number },
  ): StoredEnrollment[] => {
    const [where, given] = picked(place, asked)
    // Page by page by id: the index of those under way would have to be sorted for each.
    return db.sqlite
      .prepare<Given, EnrollmentRow>(
        `select ${columns} from enrollments e left join customers c on c.id = e.customer_id
         where +e.journey_id = @journeyId and ${where} and e.id > @after order by e.id limit @limit`,
      )
      .raw()
      .all({ ...given, ...page })
      .map(storedOrBare)
  }
  return {
    people: async (place, query) => peopleAt(db, place, query),
    standing: async (place, asked, page) => all(place, asked, page),
    standingOf: async ({ journeyId, node }, enrollments) =>
      some.all(JSON.stringify(enrollments), journeyId, node).map(storedOrBare),
  }
}
