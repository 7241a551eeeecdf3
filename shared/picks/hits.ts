import { type Good, type Had, type Neighbour, type Popular, pick } from './pick.ts'

/** Somebody who has bought before a moment and bought again after it. */
export interface HeldOut {
  readonly had: readonly Had[]
  /** What the first order after that moment held. */
  readonly bought: readonly string[]
}

/** Of how many customers a good that was shown was bought. */
export interface Hits {
  readonly customers: number
  /** By the picks. */
  readonly picks: number
  /** By showing everybody what is bought most. */
  readonly popular: number
}

export interface TriedOn {
  /** The moment at which purchases are parted. */
  readonly at: number
  /** So many goods are shown. */
  readonly shown: number
  readonly neighbours: (item: string) => readonly Neighbour[]
  readonly popular: readonly Popular[]
  readonly popularIn: (category: string) => readonly Popular[]
  readonly category: (item: string) => string | null
}

/**
 * Tries picks on orders that they have not seen: the share of customers of whose next order at least one good was among
 * those shown (hit rate), beside the goods that are bought most. What was in stock then nobody knows: all was.
 */
export function hitsOf(heldOut: readonly HeldOut[], tried: TriedOn): Hits {
  const { at, shown, neighbours, popular, popularIn, category } = tried
  const good = (id: string): Good => ({
    ...{ id, title: id, price: null, stock: null, category: category(id), image: null, link: null },
  })
  const first = new Set(popular.slice(0, shown).map(({ item }) => item))
  const hits = { customers: heldOut.length, picks: 0, popular: 0 }
  for (const { had, bought } of heldOut) {
    const rules = { againDays: 0, without: [] }
    const picked = new Set(
      pick({ had, neighbours, popular, popularIn, good, rules, now: at, most: shown }).map(({ id }) => id),
    )
    if (bought.some((item) => picked.has(item))) hits.picks += 1
    if (bought.some((item) => first.has(item))) hits.popular += 1
  }
  return hits
}
