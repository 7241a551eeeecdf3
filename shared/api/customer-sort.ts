import { z } from 'zod'
import { scoreTypes } from '../conditions/customer.ts'
import { isScore, type ScoreName, scoreNames } from '../models/scores.ts'

/** What people are put in order by besides their scores, and whether the largest are what one wants to see first. */
export const ownSorts = {
  id: { largestFirst: false },
  name: { largestFirst: false },
  registered_at: { largestFirst: true },
  orders: { largestFirst: true },
  spent: { largestFirst: true },
  last_order: { largestFirst: true },
  /** Since when they are in the audience that is asked for. */
  member_since: { largestFirst: true },
} as const satisfies Record<string, { readonly largestFirst: boolean }>
export type OwnSort = keyof typeof ownSorts
export type CustomerSort = OwnSort | ScoreName

const isOwnSort = (name: string): name is OwnSort => Object.hasOwn(ownSorts, name)

/** Scores that are more or less of something; a word has no order that anybody would ask for. */
export const sortedScores: readonly ScoreName[] = scoreNames.filter((name) =>
  ['number', 'money'].includes(scoreTypes[name].type),
)

/** In which order people are read: those without a value come last either way, and equal ones by their ids. */
export interface CustomerOrder {
  readonly by: CustomerSort
  readonly descending: boolean
}

export const byId: CustomerOrder = { by: 'id', descending: false }

/** By what, or `-` and by what for the largest first; null where there is no such order. */
export function orderIn(written: string): CustomerOrder | null {
  const descending = written.startsWith('-')
  const by = descending ? written.slice(1) : written
  if (!isOwnSort(by) && !(isScore(by) && sortedScores.includes(by))) return null
  return { by, descending }
}

export const orderText = ({ by, descending }: CustomerOrder): string => `${descending ? '-' : ''}${by}`

const names: readonly string[] = [...Object.keys(ownSorts), ...sortedScores]

/** Written as `orderIn` reads it. */
export const customerSort = z
  .enum(names.flatMap((name) => [name, `-${name}`]))
  .describe(
    `In which order: ${names.join(', ')}; with - before it the largest or latest first. Whoever has no value of it comes last, equal ones come by their ids. member_since needs an audience`,
  )
