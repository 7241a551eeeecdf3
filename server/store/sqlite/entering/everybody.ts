import type Database from 'better-sqlite3'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { limits } from '../../../../shared/limits.ts'
import type { AnswerTo, AskedOf, Base } from '../../../ports/base.ts'
import type { EngineStore, Moment } from '../../../ports/engine.ts'
import type { Watch } from '../../../ports/entering.ts'
import { type Holding, holdingReader } from '../audiences/holding.ts'
import { refuseUnreadable } from '../audiences/memberships.ts'

/** The ids of all customers in their order; null where they are more than are asked one by one. */
function fewReader(
  sqlite: Database.Database,
  most: number = limits.baseInMemory.value,
): () => readonly string[] | null {
  const first = sqlite.prepare<[number], string>('select id from customers order by id limit ?').pluck()
  return () => {
    const ids = first.all(most + 1)
    return ids.length > most ? null : ids
  }
}

/** Who answers over everybody: the copy, or, of a small base, each customer. */
export interface Everybody {
  readonly base: Base
  readonly holding: Holding
  readonly few: () => readonly string[] | null
}

export function everybodyOf(sqlite: Database.Database, base: Base, few?: number): Everybody {
  return { base, holding: holdingReader(sqlite), few: fewReader(sqlite, few) }
}

/** For how many a condition holds. */
export async function countHeld(
  { base, holding, few }: Everybody,
  condition: Condition,
  moment: Moment,
): Promise<number> {
  const ids = few()
  if (ids === null) return (await base.ask('count', { condition, moment })).count
  const [inside = []] = holding.ask({ ids, conditions: [condition], at: moment }).inside
  return inside.length
}

/** Of whom all for whom a condition holds are told: some customers, or those between two ids. */
export type Among =
  | { readonly ids: readonly string[] }
  | { readonly after: string | null; readonly upTo: string | null }

/** Those for whom a condition holds, among those of whom that is known by it. */
export interface Compared {
  readonly inside: readonly string[]
  readonly among: Among
  readonly last: boolean
}

/** Those for whom a condition holds now, part by part in the order of ids; of `scope`, where not everybody is meant. */
export async function* comparedPages(
  { base, holding, few }: Everybody,
  condition: Condition,
  moment: Moment,
  scope: readonly string[] | null,
): AsyncGenerator<Compared> {
  const ids = scope ?? few()
  if (ids !== null) {
    const [inside = []] = holding.ask({ ids, conditions: [condition], at: moment }).inside
    yield { inside, among: scope === null ? { after: null, upTo: null } : { ids }, last: true }
    return
  }
  const limit = limits.comparedPage.value
  for (let after: string | null = null, last = false; !last; ) {
    const { ids: inside, upTo }: AnswerTo<'page'> = await base.ask('page', {
      condition,
      moment,
      after,
      limit,
    })
    last = upTo === null
    yield { inside, among: { after, upTo }, last }
    after = upTo
  }
}

const ofWatch = 'journey_id = ? and node = ?'

/** Who is of a watched audience and was not when it was last looked at, and the other way round. */
export function differencesReader(sqlite: Database.Database) {
  const joined = sqlite
    .prepare<[string, string, string], string>(
      `select r.value from json_each(?) r where not exists (select 1 from watch_members m
         where m.journey_id = ? and m.node = ? and m.customer_id = r.value)`,
    )
    .pluck()
  const leftOf = sqlite
    .prepare<[string, string, string, string], string>(
      `select customer_id from watch_members where ${ofWatch}
         and customer_id in (select value from json_each(?)) and customer_id not in (select value from json_each(?))`,
    )
    .pluck()
  const leftBetween = sqlite
    .prepare<[string, string, string, string | null, string], string>(
      `select customer_id from watch_members where ${ofWatch} and customer_id > ?
         and customer_id <= coalesce(?, customer_id) and customer_id not in (select value from json_each(?))`,
    )
    .pluck()
  return (
    { journeyId, node }: Pick<Watch, 'journeyId' | 'node'>,
    { inside, among }: Compared,
  ): { readonly joined: readonly string[]; readonly left: readonly string[] } => {
    const now = JSON.stringify(inside)
    return {
      joined: joined.all(now, journeyId, node),
      left:
        'ids' in among
          ? leftOf.all(journeyId, node, JSON.stringify(among.ids), now)
          : leftBetween.all(journeyId, node, among.after ?? '', among.upTo, now),
    }
  }
}

/** The order of ids is that of their bytes, in the truth as in the copy. */
const comesAfter = (one: string, other: string): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0

/** The next of them after one, however many have to be looked at for it. */
async function nextOf(base: Base, asked: AskedOf<'page'>): Promise<readonly string[]> {
  const found: string[] = []
  let { after, continued = false } = asked
  do {
    const limit = asked.limit - found.length
    const { ids, upTo }: AnswerTo<'page'> = await base.ask('page', { ...asked, after, limit, continued })
    found.push(...ids)
    if (upTo === null) break
    after = upTo
    continued = true
  } while (found.length < asked.limit)
  return found
}

/** Who comes in by a firing. */
export function entrantsReader({ base, holding, few }: Everybody): Pick<EngineStore, 'select'> {
  return {
    async select(condition, moment, { after, limit, continued }) {
      refuseUnreadable(holding.named([condition]).unknown)
      const ids = few()
      if (ids === null)
        return nextOf(base, { condition, moment, after, limit, continued: continued === true })
      const [inside = []] = holding.ask({ ids, conditions: [condition], at: moment }).inside
      const start = after === null ? 0 : inside.findIndex((id) => comesAfter(id, after))
      return start < 0 ? [] : inside.slice(start, start + limit)
    },
  }
}
