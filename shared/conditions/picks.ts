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

/** The tests of picks in a condition. */
export const picksTestsIn = (condition: Condition): readonly PicksTest[] =>
  leavesOf(condition).flatMap((leaf) => (leaf.kind === 'picks' ? leaf : []))

/** Whether a condition asks for picks. */
export const asksPicks = (condition: Condition): boolean => picksTestsIn(condition).length > 0
