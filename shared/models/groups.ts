import { unit } from '../stats/hash.ts'
import type { LocalText } from '../text.ts'
import type { Habits } from './habits.ts'
import type { Standing } from './standing.ts'

/** What is known of a customer who is to stand in a group. */
export interface Grouped {
  readonly standing: Standing
  readonly habits: Habits
  readonly until: number
}

interface Trait {
  readonly of: (known: Grouped) => number
  /** What is said of a group that lies far above everybody's average, and far below. */
  readonly high: LocalText
  readonly low: LocalText
}

/** Few deeds tell little: as many of the usual kind are added to a customer's own. */
const added = 2
const share = (some: number, all: number, usual: number) => (some + added * usual) / (all + added)

/** All by which groups are told apart. */
export const traits = {
  recency: {
    of: ({ standing, until }) => Math.log1p(until - standing.last),
    high: { 'zh-CN': '很久没买', en: 'have not bought for long' },
    low: { 'zh-CN': '最近买过', en: 'bought lately' },
  },
  frequency: {
    of: ({ standing }) => Math.log1p(standing.days),
    high: { 'zh-CN': '常买', en: 'buy often' },
    low: { 'zh-CN': '买得少', en: 'buy seldom' },
  },
  worth: {
    of: ({ standing }) => Math.log1p(Math.max(0, standing.worth / Math.max(1, standing.days))),
    high: { 'zh-CN': '每次花得多', en: 'spend much at a time' },
    low: { 'zh-CN': '每次花得少', en: 'spend little at a time' },
  },
  reduced: {
    of: ({ standing }) => share(standing.reduced, standing.orders, 0),
    high: { 'zh-CN': '爱用优惠', en: 'look for discounts' },
    low: { 'zh-CN': '很少用优惠', en: 'seldom use discounts' },
  },
  night: {
    of: ({ habits }) => share(habits.nights, habits.hours, 1 / 3),
    high: { 'zh-CN': '多在夜里', en: 'at night' },
    low: { 'zh-CN': '多在白天', en: 'by day' },
  },
  weekend: {
    of: ({ standing }) => share(standing.weekends, standing.days, 2 / 7),
    high: { 'zh-CN': '多在周末', en: 'at weekends' },
    low: { 'zh-CN': '多在平日', en: 'on working days' },
  },
  visits: {
    of: ({ standing }) => Math.log1p(standing.visits + standing.carts),
    high: { 'zh-CN': '常来逛', en: 'look around a lot' },
    low: { 'zh-CN': '很少来逛', en: 'seldom look around' },
  },
} as const satisfies Record<string, Trait>
export type TraitName = keyof typeof traits

const isTrait = (name: string): name is TraitName => Object.hasOwn(traits, name)
export const traitNames = Object.keys(traits).filter(isTrait)

export const pointOf = (known: Grouped): number[] => traitNames.map((name) => traits[name].of(known))

/** How points are made comparable: each trait less its mean, in spreads. */
export interface Scale {
  readonly means: readonly number[]
  readonly spreads: readonly number[]
}

export const scaled = ({ means, spreads }: Scale, point: readonly number[]): number[] =>
  point.map((one, axis) => (one - (means[axis] ?? 0)) / (spreads[axis] ?? 1))

export function scaleOf(points: readonly (readonly number[])[]): Scale {
  const count = Math.max(1, points.length)
  const mean = (of: (point: readonly number[]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / count
  const means = traitNames.map((_, axis) => mean((point) => point[axis] ?? 0))
  const spreads = traitNames.map((_, axis) => {
    const spread = Math.sqrt(mean((point) => ((point[axis] ?? 0) - (means[axis] ?? 0)) ** 2))
    // What is the same for all tells nobody apart, and is divided by something.
    return spread < 1e-9 ? 1 : spread
  })
  return { means, spreads }
}

function squared(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (let axis = 0; axis < one.length; axis += 1) sum += ((one[axis] ?? 0) - (other[axis] ?? 0)) ** 2
  return sum
}

export const distance = (one: readonly number[], other: readonly number[]): number =>
  Math.sqrt(squared(one, other))

/** The nearest of some centres, and how far that is. */
export function nearest(
  point: readonly number[],
  centres: readonly (readonly number[])[],
): { readonly at: number; readonly far: number } {
  let [at, far] = [0, Number.POSITIVE_INFINITY]
  for (const [index, centre] of centres.entries()) {
    const own = squared(point, centre)
    if (own < far) [at, far] = [index, own]
  }
  return { at, far }
}

type Points = readonly (readonly number[])[]

/** The first centres, far from each other: k-means++ (Arthur and Vassilvitskii, SODA 2007), drawn by hash. */
function firstCentres(points: Points, k: number, attempt: number): number[][] {
  const drawn = (at: number) => unit('groups', k, attempt, at)
  const centres = [[...(points[Math.floor(drawn(0) * points.length)] ?? [])]]
  while (centres.length < k) {
    const weights = points.map((point) => nearest(point, centres).far)
    let left = drawn(centres.length) * weights.reduce((sum, one) => sum + one, 0)
    const picked = weights.findIndex((one) => {
      left -= one
      return left < 0
    })
    centres.push([...(points[Math.max(0, picked)] ?? [])])
  }
  return centres
}

const mostRounds = 60

export interface Clustering {
  readonly centres: readonly (readonly number[])[]
  /** Which centre each point belongs to. */
  readonly places: readonly number[]
  /** The squared distances of all points to their centres. */
  readonly inertia: number
}

/** Where the points of each group lie on average; a group of none stays where it is. */
function meansOf(points: Points, places: readonly number[], centres: number[][]): number[][] {
  const sums = centres.map((centre) => ({ points: 0, sum: centre.map(() => 0) }))
  for (const [at, point] of points.entries()) {
    const own = sums[places[at] ?? 0]
    if (own === undefined) continue
    own.points += 1
    for (let axis = 0; axis < point.length; axis += 1)
      own.sum[axis] = (own.sum[axis] ?? 0) + (point[axis] ?? 0)
  }
  return sums.map((own, index) =>
    own.points === 0 ? (centres[index] ?? []) : own.sum.map((one) => one / own.points),
  )
}

/** k-means by Lloyd's algorithm (1982), from one set of first centres. */
function cluster(points: Points, first: Points): Clustering {
  let centres = first.map((centre) => [...centre])
  let places: number[] = []
  for (let round = 0; round < mostRounds; round += 1) {
    const found = points.map((point) => nearest(point, centres).at)
    const same = found.every((place, at) => place === places[at])
    places = found
    if (same) break
    centres = meansOf(points, places, centres)
  }
  const inertia = points.reduce((sum, point, at) => sum + squared(point, centres[places[at] ?? 0] ?? []), 0)
  return { centres, places, inertia }
}

/** How often it is begun anew; the closest clustering is kept. */
const attempts = 4
/** Of so many points the silhouette is taken, as it compares each with each. */
const silhouettePoints = 600

/**
 * How well points stand in their own group instead of the next one, from -1 to 1: the silhouette (Rousseeuw, Journal of
 * Computational and Applied Mathematics 20 (1987) 53-65).
 */
export function silhouetteOf(points: Points, places: readonly number[], k: number): number {
  const step = Math.max(1, Math.ceil(points.length / silhouettePoints))
  const some = points.flatMap((point, at) => (at % step === 0 ? [{ point, place: places[at] ?? 0 }] : []))
  const sizes = Array.from({ length: k }, (_, group) => some.filter(({ place }) => place === group).length)
  let sum = 0
  for (const { point, place } of some) {
    const sums = new Array<number>(k).fill(0)
    for (const other of some) sums[other.place] = (sums[other.place] ?? 0) + distance(point, other.point)
    const others = (sizes[place] ?? 1) - 1
    if (others < 1) continue
    const within = (sums[place] ?? 0) / others
    const next = Math.min(
      ...sums.flatMap((one, group) => {
        const size = sizes[group] ?? 0
        return group === place || size === 0 ? [] : [one / size]
      }),
    )
    if (Number.isFinite(next)) sum += (next - within) / Math.max(within, next, 1e-12)
  }
  return sum / Math.max(1, some.length)
}

/** As many groups as somebody can keep apart by name. */
export const groupCounts = { least: 4, most: 8 } as const

/**
 * Another count of groups must be better by so much, another clustering closer by such a share, to take the place of what
 * people have got used to.
 */
const worthwhile = { silhouette: 0.02, inertia: 0.02 } as const

/** The closest of some clusterings, that which goes on from the groups of before only where it is as close. */
function closestOf(points: Points, k: number, before: Points): Clustering {
  const tried = Array.from({ length: attempts }, (_, attempt) =>
    cluster(points, firstCentres(points, k, attempt)),
  )
  const closest = tried.reduce((one, other) => (other.inertia < one.inertia ? other : one))
  if (before.length !== k) return closest
  const going = cluster(points, before)
  return going.inertia * (1 - worthwhile.inertia) <= closest.inertia ? going : closest
}

/** Groups of points, as many as have the best silhouette; those of before are kept to where they do about as well. */
export function fitGroups(points: Points, before: Points = []): Clustering & { readonly silhouette: number } {
  let best: { found: Clustering & { readonly silhouette: number }; worth: number } | null = null
  for (let k = groupCounts.least; k <= groupCounts.most; k += 1) {
    const closest = closestOf(points, k, before)
    const silhouette = silhouetteOf(points, closest.places, k)
    const worth = silhouette + (k === before.length ? worthwhile.silhouette : 0)
    if (best === null || worth > best.worth) best = { found: { ...closest, silhouette }, worth }
  }
  if (best === null) throw new RangeError('no count of groups was tried')
  return best.found
}

/** A group's centre lies so many spreads from everybody's average to be said of it. */
const tellingSpreads = 0.5
/** How much is said of a group. */
const mostSaid = 3

/** By what a group differs from everybody, the most telling first; `high`: above the average. */
export interface Difference {
  readonly trait: TraitName
  readonly high: boolean
}

export function differencesOf(centre: readonly number[]): Difference[] {
  return centre
    .flatMap((far, axis) => {
      const trait = traitNames[axis]
      return trait === undefined || Math.abs(far) < tellingSpreads ? [] : [{ trait, far }]
    })
    .toSorted((one, other) => Math.abs(other.far) - Math.abs(one.far))
    .slice(0, mostSaid)
    .map(({ trait, far }) => ({ trait, high: far > 0 }))
}
