import { listValue } from '@duckdb/node-api'
import { audiencesIn, reachedFrom } from '../../../shared/conditions/audiences.ts'
import { type PicksTest, picksLike, picksTestsIn } from '../../../shared/conditions/picks.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import type { Moment } from '../../ports/engine.ts'
import { CopyAsking, textOfPicks } from './condition.ts'
import { type Found, numberOf, textOf } from './found.ts'

/** So many customers' picks are reckoned between two breaths. */
const atOnce = 1_000

/** Customers between two ids, the first one left out; null: no such end. */
export interface Stretch {
  readonly after: string | null
  readonly upTo: string | null
}

const everybody: Stretch = { after: null, upTo: null }

/** The tests of picks in conditions and in all audiences that they name, each once. */
function testsOf({ base }: Found, conditions: readonly Condition[]): ReadonlyMap<string, PicksTest> {
  const { conditions: named } = reachedFrom(conditions.flatMap(audiencesIn), base.saved)
  const tests = [...conditions, ...named.values()].flatMap(picksTestsIn)
  return new Map(tests.map((test) => [textOfPicks(test), test]))
}

/** Whether it must be known what would be picked for somebody before conditions can be asked. */
export const asksForPicks = (found: Found, conditions: readonly Condition[]): boolean =>
  testsOf(found, conditions).size > 0

interface Doubtful {
  readonly person: number
  readonly id: string
}

/** Those whose answer turns on what would be picked for them. Problem `picks-too-many`. */
async function doubtfulOf(
  found: Found,
  conditions: readonly Condition[],
  moment: Moment,
  { after, upTo }: Stretch,
): Promise<readonly Doubtful[]> {
  const { sql, values } = new CopyAsking(found.base, moment, { conditions }).doubtful(conditions)
  const limit = limits.pickCandidates.value
  const [from, to] = [values.length + 1, values.length + 2]
  const ends = upTo === null ? `id > $${from}` : `id > $${from} and id <= $${to}`
  const rows = await found.rows(
    `select person, id, count(*) over () from customers semi join (${sql}) h using (person)
     where ${ends} limit ${limit + 1}`,
    [...values, after ?? '', ...(upTo === null ? [] : [upTo])],
  )
  const people = numberOf(rows[0]?.[2])
  if (people > limit) throw new Problem('picks-too-many', { people, limit }, 'condition')
  return rows.map(([person, id]) => ({ person: numberOf(person), id: textOf(id) ?? '' }))
}

/**
 * The copy with what conditions ask of picks. What the rest of them leaves open is found by the copy; of these
 * customers picks are reckoned one by one as a message would have them, so that nobody can be told otherwise by a count
 * than by the journey. Problem `picks-too-many`.
 */
export async function withPicks(
  found: Found,
  conditions: readonly Condition[],
  moment: Moment,
  stretch: Stretch = everybody,
): Promise<Found> {
  const tests = testsOf(found, conditions)
  if (tests.size === 0) return found
  const people = await doubtfulOf(found, conditions, moment, stretch)
  const held = new Map([...tests.keys()].map((text): [string, number[]] => [text, []]))
  for (let start = 0; start < people.length; start += atOnce) {
    const some = people.slice(start, start + atOnce)
    const picks = await found.picks(
      some.map(({ id }) => id),
      moment.now,
    )
    for (const { person, id } of some)
      for (const [text, test] of tests)
        if (picksLike(test, picks.get(id) ?? []) >= test.least) held.get(text)?.push(person)
  }
  const picked = new Map<string, string>()
  for (const [text, persons] of held) {
    const table = `picked_${picked.size}`
    // A list of nobody says nothing of what it is a list of.
    const [rows, values] =
      persons.length === 0
        ? ['select 0 as person where false', []]
        : ['select unnest($1::INTEGER[]) as person', [listValue(persons)]]
    await found.rows(`create or replace temp table ${table} as ${rows}`, values)
    picked.set(text, table)
  }
  return { ...found, base: { ...found.base, picked } }
}
