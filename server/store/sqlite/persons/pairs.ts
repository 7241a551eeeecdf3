import type { BrandDatabase } from '../database.ts'

type Pair = {
  customerId: string
  otherId: string
  kind: string
  hint: string
  why: string
  foundAt: number
  decision: string | null
  decidedAt: number | null
  decidedBy: string | null
}

const columns =
  'customer_id as customerId, other_id as otherId, kind, hint, why, found_at as foundAt, decision, decided_at as decidedAt, decided_by as decidedBy'

/** The lesser id stands first, so that a pair is one row. */
const ordered = (one: string, other: string): readonly [string, string] =>
  one < other ? [one, other] : [other, one]

export type NewPair = Pick<Pair, 'kind' | 'hint' | 'why' | 'foundAt'>

/** Pairs of customers who may be one; what somebody has said of a pair stays. Within the caller's transaction. */
export function pairKeeper({ sqlite }: BrandDatabase) {
  const of = sqlite.prepare<{ id: string }, Pair>(
    `select ${columns} from duplicates where customer_id = @id or other_id = @id`,
  )
  const add = sqlite.prepare(
    `insert or ignore into duplicates (customer_id, other_id, kind, hint, why, found_at, decision, decided_at, decided_by)
     values (@customerId, @otherId, @kind, @hint, @why, @foundAt, @decision, @decidedAt, @decidedBy)`,
  )
  const remove = sqlite.prepare('delete from duplicates where customer_id = ? and other_id = ?')
  const open = sqlite.prepare(
    'delete from duplicates where customer_id = ? and other_id = ? and decision is null',
  )
  const part = sqlite.prepare(
    `insert into duplicates (customer_id, other_id, kind, hint, why, found_at, decision, decided_at, decided_by)
     values (@customerId, @otherId, 'phone', '', 'rule', @at, 'apart', @at, @by)
     on conflict do update set decision = 'apart', decided_at = @at, decided_by = @by
       where decision is not 'apart'`,
  )
  const apart = sqlite
    .prepare<[string, string], number>(
      `select 1 from duplicates where customer_id = ? and other_id = ? and decision = 'apart'`,
    )
    .pluck()
  const nobody = { decision: null, decidedAt: null, decidedBy: null }
  return {
    /** Whether somebody has said that they are two. */
    areApart: (one: string, other: string): boolean => apart.get(...ordered(one, other)) === 1,
    wait(one: string, other: string, pair: NewPair): void {
      const [customerId, otherId] = ordered(one, other)
      add.run({ customerId, otherId, ...pair, ...nobody })
    },
    /** Answers whether it is new. */
    keepApart(one: string, other: string, said: { readonly at: number; readonly by: string }): boolean {
      const [customerId, otherId] = ordered(one, other)
      return part.run({ customerId, otherId, ...said }).changes > 0
    },
    /** What was said of one customer and others is said of the survivor and those. */
    carry(from: string, into: string): { pairs: Pair[]; made: [string, string][] } {
      const pairs = of.all({ id: from })
      const made: [string, string][] = []
      for (const pair of pairs) {
        remove.run(pair.customerId, pair.otherId)
        const third = pair.customerId === from ? pair.otherId : pair.customerId
        const [customerId, otherId] = ordered(into, third)
        if (third !== into && add.run({ ...pair, customerId, otherId }).changes > 0)
          made.push([customerId, otherId])
      }
      return { pairs, made }
    },
    back(pairs: readonly object[], made: readonly (readonly [string, string])[]): void {
      for (const [customerId, otherId] of made) open.run(customerId, otherId)
      for (const pair of pairs) add.run({ ...nobody, ...pair })
    },
  }
}
