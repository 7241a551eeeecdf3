import type Database from 'better-sqlite3'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Base } from '../../../ports/base.ts'
import type { EngineStore, Moment } from '../../../ports/engine.ts'
import type { Holding } from '../audiences/holding.ts'
import { refuseUnreadable } from '../audiences/memberships.ts'

/** The ids of all customers in their order; null where they are more than are asked one by one. */
export function fewReader(
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
    const inside: readonly string[] = await base.ask('page', { condition, moment, after, limit })
    last = inside.length < limit
    const upTo: string | null = last ? null : (inside.at(-1) ?? null)
    yield { inside, among: { after, upTo }, last }
    after = upTo
  }
}

/** The order of ids is that of their bytes, in the truth as in the copy. */
const comesAfter = (one: string, other: string): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0

/** Who comes in by a firing. */
export function entrantsReader({ base, holding, few }: Everybody): Pick<EngineStore, 'select'> {
  return {
    async select(condition, moment, { after, limit }) {
      refuseUnreadable(holding.named([condition]).unknown)
      const ids = few()
      if (ids === null) return base.ask('page', { condition, moment, after, limit })
      const [inside = []] = holding.ask({ ids, conditions: [condition], at: moment }).inside
      const start = after === null ? 0 : inside.findIndex((id) => comesAfter(id, after))
      return start < 0 ? [] : inside.slice(start, start + limit)
    },
  }
}
