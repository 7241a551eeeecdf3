import type { OverlapAnswer } from '../../../shared/api/overlap.ts'
import type { Condition } from '../../../shared/conditions/schema.ts'
import type { AnswerTo, AskedOf } from '../../ports/base.ts'
import { CopyAsking } from './condition.ts'
import { type Found, numberOf } from './found.ts'
import { withPicks } from './picked.ts'

/** All pairs of a list, each once. */
const pairsOf = (keys: readonly string[]): (readonly [one: number, other: number])[] =>
  keys.flatMap((_, one) => keys.slice(one + 1).map((_none, place) => [one, one + 1 + place] as const))

/** How many are in which of some audiences, in one walk over everybody. */
export async function overlap(
  found: Found,
  { audiences, moment }: AskedOf<'overlap'>,
): Promise<AnswerTo<'overlap'>> {
  const isIn = audiences.map((audience): Condition => ({ kind: 'audience', audience, member: true }))
  const known = await withPicks(found, isIn, moment)
  const asking = new CopyAsking(known.base, moment, { audiences })
  const { sql, values } = asking.marks(isIn)
  const rows = await found.rows(`select mark, count(*) from (${sql}) group by mark order by mark`, values)
  const marks = rows.map(([mark, count]) => ({ mark: numberOf(mark), count: numberOf(count) }))
  /** How many are in all of those at some places. */
  const within = (...places: readonly number[]) =>
    marks
      .filter(({ mark }) => places.every((place) => (mark & (1 << place)) !== 0))
      .reduce((sum, { count }) => sum + count, 0)
  const keyAt = (place: number) => audiences[place] ?? ''
  return {
    of: within(),
    audiences: audiences.map((key, place) => ({
      ...{ key, size: within(place), unknown: asking.named.unknown.has(key) },
    })),
    pairs: pairsOf(audiences).map(([one, other]) => ({
      ...{ audiences: [keyAt(one), keyAt(other)], both: within(one, other) },
    })),
    regions: marks
      .filter(({ mark }) => mark > 0)
      .map(({ mark, count }): OverlapAnswer['regions'][number] => ({
        audiences: audiences.filter((_, place) => (mark & (1 << place)) !== 0),
        only: count,
      })),
  }
}
