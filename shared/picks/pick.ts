import { z } from 'zod'
import type { LocalText } from '../text.ts'

const dayMs = 86_400_000

/** A product as it may be picked. */
export interface Good {
  readonly id: string
  readonly title: string
  /** Minor units; null: nobody has said it. */
  readonly price: number | null
  /** null: nobody counts it. */
  readonly stock: number | null
  readonly category: string | null
  readonly image: string | null
  readonly link: string | null
}

/** A good that a customer has bought. */
export interface Had {
  readonly item: string
  /** When last. */
  readonly at: number
  readonly times: number
}

/** A good that whoever has bought another one buys more often than others do. */
export interface Neighbour {
  readonly other: string
  /** By how much more often: the difference of two shares of buyers, 0 to 1. */
  readonly more: number
}

/** A good, and which share of all buyers has bought it; lists of them begin with what most have bought. */
export interface Popular {
  readonly item: string
  readonly share: number
}

/** What a brand decides of its picks. */
export interface PickRules {
  /** What was bought within so many days is not picked. */
  readonly againDays: number
  /** Categories of which nothing is picked. */
  readonly without: readonly string[]
}

/** Why a good was picked, the strongest reason. */
const pickWhy = z.discriminatedUnion('code', [
  z.object({ code: z.literal('together'), with: z.string(), title: z.string() }),
  z.object({ code: z.literal('again'), times: z.int() }),
  z.object({ code: z.literal('category'), category: z.string() }),
  z.object({ code: z.literal('popular') }),
])
export type PickWhy = z.infer<typeof pickWhy>

/** What the trace of a message keeps of the products that were picked for it. */
export const pickedGoods = z.array(z.object({ id: z.string(), title: z.string(), why: pickWhy }))

export interface Picked extends Good {
  readonly why: PickWhy
}

export interface PickInput {
  /** What the customer has bought, in any order. */
  readonly had: readonly Had[]
  /** Of each good that the customer has bought, what goes with it. */
  readonly neighbours: (item: string) => readonly Neighbour[]
  /** Of everything. */
  readonly popular: readonly Popular[]
  readonly popularIn: (category: string) => readonly Popular[]
  /** A product of the catalogue; undefined where it has none of that number. */
  readonly good: (id: string) => Good | undefined
  readonly rules: PickRules
  readonly now: number
  /** So many at most. */
  readonly most: number
}

/** After so many days a purchase tells half as much of what comes next. */
const halfLifeDays = 180
/** What a category and a wonted purchase weigh at most, as shares of buyers. */
const weights = { category: 0.1, again: 0.1 } as const
/** A good of twice or half the price that the customer pays counts half. */
const bandOctaves = 1

interface Candidate {
  score: number
  best: number
  why: PickWhy
}

function add(found: Map<string, Candidate>, item: string, part: number, why: PickWhy): void {
  const known = found.get(item)
  if (known === undefined) found.set(item, { score: part, best: why.code === 'popular' ? 0 : part, why })
  else {
    known.score += part
    // Everything is popular to a degree: that is no reason where there is another.
    if (why.code !== 'popular' && part > known.best) {
      known.best = part
      known.why = why
    }
  }
}

/** The oldest purchases tell as little as each other, and more than nothing. */
const oldestDays = 3650

const fades = (at: number, now: number): number =>
  2 ** (-Math.min(Math.max(0, now - at) / dayMs, oldestDays) / halfLifeDays)

function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

/** How near a price lies to what is usually paid: 1 at it, half a band of octaves away. */
function nearness(price: number | null, usual: number | null): number {
  if (price === null || usual === null || price <= 0 || usual <= 0) return 1
  return 2 ** (-Math.abs(Math.log2(price / usual)) / bandOctaves)
}

/** Which share of a customer's purchases, the later ones counting more, is of which category. */
function sharesOf(had: readonly Had[], { good, now }: PickInput): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  let all = 0
  for (const { item, at } of had) {
    const category = good(item)?.category ?? item
    const weight = fades(at, now)
    shares.set(category, (shares.get(category) ?? 0) + weight)
    all += weight
  }
  return new Map([...shares].map(([category, weight]) => [category, weight / all]))
}

/** All that speaks for each good, added up. */
function candidatesOf(input: PickInput): ReadonlyMap<string, Candidate> {
  const { had, neighbours, popular, popularIn, good, now } = input
  const found = new Map<string, Candidate>()
  const shares = sharesOf(had, input)
  const all = had.reduce((sum, { at }) => sum + fades(at, now), 0)
  for (const { item, at, times } of had) {
    const weight = fades(at, now) / all
    const title = good(item)?.title ?? item
    for (const { other, more } of neighbours(item)) {
      // Where orders name categories alone, the best of that category stands for it.
      const shown = good(other) === undefined ? popularIn(other)[0]?.item : other
      if (shown !== undefined) add(found, shown, weight * more, { code: 'together', with: item, title })
    }
    if (times > 1) add(found, item, weights.again * (1 - 1 / times), { code: 'again', times })
  }
  const general = new Map(popular.map(({ item, share }) => [item, share]))
  for (const [category, share] of shares)
    popularIn(category).forEach(({ item, share: bought }, nth) => {
      general.set(item, bought)
      add(found, item, (weights.category * share) / (1 + nth), { code: 'category', category })
    })
  for (const [item, share] of general) add(found, item, share, { code: 'popular' })
  return found
}

/**
 * What to show one customer, the best first: by the share of all who have bought it, and by how much larger that share
 * is among buyers of what this one has bought (item to item, as Linden, Smith and York 2003; by conditional shares, as
 * Deshpande and Karypis 2004), the later purchases counting more; by the categories bought from; and by what is bought
 * again and again. Why a good is shown is what weighed most beside its being popular. Nothing that is sold out, was
 * bought just now, or that the brand leaves out. Of equals the lower number comes first, so that the same customer is
 * always shown the same.
 */
export function pick(input: PickInput): readonly Picked[] {
  const { had, good, rules, now, most } = input
  const just = now - rules.againDays * dayMs
  const barred = new Set(had.flatMap(({ item, at }) => (at >= just ? [item] : [])))
  const without = new Set(rules.without)
  const usual = middle(had.flatMap(({ item }) => good(item)?.price ?? []))
  return [...candidatesOf(input)]
    .flatMap(([item, { score, why }]) => {
      const known = good(item)
      const fits =
        known !== undefined &&
        known.stock !== 0 &&
        !barred.has(item) &&
        !(known.category !== null && without.has(known.category))
      return fits ? [{ known, why, score: score * nearness(known.price, usual) }] : []
    })
    .sort((a, b) => b.score - a.score || (a.known.id < b.known.id ? -1 : 1))
    .slice(0, most)
    .map(({ known, why }) => ({ ...known, why }))
}

/** Why a good is shown, in words that a customer may read. */
export function sayWhy(why: PickWhy): LocalText {
  switch (why.code) {
    case 'together':
      return { 'zh-CN': `买过“${why.title}”的人也常买`, en: `Often bought with ${why.title}` }
    case 'again':
      return { 'zh-CN': `您买过 ${why.times} 次`, en: `You have bought it ${why.times} times` }
    case 'category':
      return { 'zh-CN': `您常看的${why.category}`, en: `Popular in ${why.category}` }
    case 'popular':
      return { 'zh-CN': '大家都在买', en: 'Bought by many' }
  }
}
