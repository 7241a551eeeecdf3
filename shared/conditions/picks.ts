import { compare } from './compare.ts'
import type { Value } from './customer.ts'
import type { Condition, Leaf, PickField } from './schema.ts'
import { leavesOf } from './schema.ts'

export type PicksTest = Extract<Leaf, { kind: 'picks' }>

/** What conditions may ask of a product that is picked for somebody. */
export interface AskedGood {
  readonly id: string
  readonly category: string | null
  /** Minor units. */
  readonly price: number | null
}

/** What each field is of a product. */
const fieldOf = {
  sku: ({ id }) => id,
  category: ({ category }) => category,
  price: ({ price }) => price,
} as const satisfies Record<PickField, (good: AskedGood) => Value | null>

/** How many of the picks, or of the first of them, are such: all that is said must hold of one product. */
export function picksLike({ where, first }: PicksTest, picks: readonly AskedGood[]): number {
  return picks
    .slice(0, first)
    .filter((good) => where.every(({ field, op, value }) => compare(fieldOf[field](good), op, value))).length
}

/**
 * Whether a condition asks for picks. They are reckoned for one customer from what they bought and from today's stock,
 * so that it can be asked where one is decided about, and not of everybody at once.
 */
export const asksPicks = (condition: Condition): boolean =>
  leavesOf(condition).some(({ kind }) => kind === 'picks')

/**
 * What everybody can be asked to find those for whom a condition may hold, whatever is picked for them; null: it may
 * for anybody.
 */
export function whateverPicked(condition: Condition): Condition | null {
  if (!asksPicks(condition)) return condition
  if (condition.kind !== 'all') return null
  const of = condition.of.flatMap((part) => whateverPicked(part) ?? [])
  return of.length === 0 ? null : { kind: 'all', of }
}
