import { entryOf, type ScoreKind, type ScoreName } from './scores.ts'

/** Of which kinds more is more, and finely enough that it says something how many have less. */
const isOrdered = {
  fifth: false,
  word: false,
  text: false,
  number: true,
  share: true,
  rank: true,
  hour: false,
  money: true,
} as const satisfies Record<ScoreKind, boolean>

export const hasPosition = (name: ScoreName): boolean => isOrdered[entryOf(name).kind]

/** A score as it is counted: cents would be values of their own of almost everybody. */
export function countedAs<T extends string | number>(name: ScoreName, value: T): T | number {
  return entryOf(name).kind === 'money' ? Math.round(Number(value)) : value
}

const hundredths = 100

/**
 * The value at each hundredth of the customers, from the least on: the first of all, the one above the lowest hundredth,
 * and so on; empty of nobody.
 */
export function hundredthsOf(counts: ReadonlyMap<string | number, number>): number[] {
  const sorted = [...counts].map(([value, customers]) => [Number(value), customers] as const)
  sorted.sort(([left], [right]) => left - right)
  const all = sorted.reduce((sum, [, customers]) => sum + customers, 0)
  const found: number[] = []
  let below = 0
  for (const [value, customers] of sorted) {
    below += customers
    while (found.length < hundredths && found.length * all < below * hundredths) found.push(value)
  }
  return found
}

/** The share of the customers who have less, to the hundredth; those who have as much are not among them. */
export function shareBelow(values: readonly number[], value: number): number {
  return values.filter((one) => one < value).length / hundredths
}
