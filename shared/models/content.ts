import { z } from 'zod'
import type { Logistic } from './logistic.ts'
import { type Known, propensityOf, rankOf } from './propensity.ts'
import { type ContentKind, type TouchCounts, type Touched, touchKindNames } from './touches.ts'

/** A message of a journey, or a page or product by how it is called. */
export const contentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), journeyId: z.string(), node: z.string() }),
  z.object({ kind: z.literal('page'), name: z.string() }),
])
export type Content = z.infer<typeof contentSchema>

/** Content that a customer has touched, how often. */
export interface TouchedContent extends TouchCounts {
  readonly content: Content
}

/** Content that has moved a score: what it would be if the customer had not touched it. */
export const contentMove = z.object({ content: contentSchema, without: z.int() })
export type ContentMove = z.infer<typeof contentMove>

/** Messages by their numbers, as far as they are still there. */
export type MessagePlaces = ReadonlyMap<string, { readonly journeyId: string; readonly node: string }>

const sum = (one: TouchCounts, other: TouchCounts): TouchCounts => ({
  visits: one.visits + other.visits,
  carts: one.carts + other.carts,
  opens: one.opens + other.opens,
  clicks: one.clicks + other.clicks,
})

const contentBy = {
  message: (key, places) => {
    const place = places.get(key)
    return place === undefined ? null : { kind: 'message', ...place }
  },
  page: (name) => ({ kind: 'page', name }),
} as const satisfies Record<ContentKind, (key: string, places: MessagePlaces) => Content | null>

/** What was touched by what it is, the messages of one node together. */
export function contentsOf(touched: readonly Touched[], places: MessagePlaces): TouchedContent[] {
  const found = new Map<string, TouchedContent>()
  for (const { content: kind, key, ...counts } of touched) {
    const content = contentBy[kind](key, places)
    if (content === null) continue
    const name = JSON.stringify(content)
    const before = found.get(name)
    found.set(name, { content, ...(before === undefined ? counts : sum(before, counts)) })
  }
  return [...found.values()]
}

/** How many are told. */
const mostMoves = 3

/**
 * The content that moved a rank most: each is taken away from what the customer has touched, and what the model would
 * then have said is held beside what it says.
 */
export function contentMoves(
  { model, cuts }: { readonly model: Logistic; readonly cuts: readonly number[] },
  known: Known,
  contents: readonly TouchedContent[],
): ContentMove[] {
  if (contents.length === 0) return []
  const rank = rankOf(cuts, propensityOf(model, known))
  return contents
    .map(({ content, ...touches }) => {
      const standing = { ...known.standing }
      for (const kind of touchKindNames) standing[kind] = Math.max(0, standing[kind] - touches[kind])
      return { content, without: rankOf(cuts, propensityOf(model, { ...known, standing })) }
    })
    .filter(({ without }) => without !== rank)
    .toSorted((one, other) => Math.abs(rank - other.without) - Math.abs(rank - one.without))
    .slice(0, mostMoves)
}
