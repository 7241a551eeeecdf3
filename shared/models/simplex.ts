/** What a search has found: where the function is least, and how often it was asked. */
export interface Found {
  readonly at: readonly number[]
  readonly value: number
  readonly asked: number
  /** Whether the simplex has drawn together before it had asked too often. */
  readonly settled: boolean
}

interface Corner {
  readonly at: readonly number[]
  readonly value: number
}

const mostAsked = 4_000
/** The simplex has drawn together when its corners differ by no more, in value and in each coordinate. */
const valueSpread = 1e-12
const placeSpread = 1e-7

/**
 * The least value of a function near a start, by the simplex of Nelder and Mead (1965), with the steps of Lagarias,
 * Reeds, Wright and Wright (1998): reflect 1, expand 2, contract and shrink by one half. It asks for no derivative. A
 * simplex that has collapsed before its time is opened anew where it is, until that brings nothing more.
 */
export function leastOf(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  /** Hears of each round of the search. */
  onAsked: (asked: number) => void = () => undefined,
): Found {
  let found = search(value, start, 0, onAsked)
  for (;;) {
    const again = search(value, found.at, found.asked, onAsked)
    const gained = found.value - again.value
    if (!again.settled || !(gained > valueSpread * Math.max(1, Math.abs(found.value)))) return again
    found = again
  }
}

function search(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  before: number,
  onAsked: (asked: number) => void,
): Found {
  let asked = before
  const ask = (at: readonly number[]): Corner => {
    asked += 1
    const got = value(at)
    return { at, value: Number.isNaN(got) ? Number.POSITIVE_INFINITY : got }
  }
  let corners = [start, ...start.map((_, axis) => moved(start, axis, 0.5))].map(ask)
  while (asked < mostAsked) {
    corners = corners.toSorted((left, right) => left.value - right.value)
    onAsked(asked)
    if (isTogether(corners)) break
    corners = step(corners, ask)
  }
  const [best = { at: start, value: Number.POSITIVE_INFINITY }] = corners
  return { at: best.at, value: best.value, asked, settled: asked < mostAsked }
}

const moved = (at: readonly number[], axis: number, by: number): number[] =>
  at.map((one, index) => (index === axis ? one + by : one))

/** The point on the line from one place through another, `factor` times as far. */
const along = (from: readonly number[], to: readonly number[], factor: number): number[] =>
  from.map((one, axis) => one + factor * ((to[axis] ?? 0) - one))

function isTogether(corners: readonly Corner[]): boolean {
  const [best, ...others] = corners
  if (best === undefined || !Number.isFinite(best.value)) return false
  return others.every(
    (corner) =>
      corner.value - best.value <= valueSpread * Math.max(1, Math.abs(best.value)) &&
      corner.at.every((one, axis) => Math.abs(one - (best.at[axis] ?? 0)) <= placeSpread),
  )
}

/** The corners after one step; they come in sorted, the least first. */
function step(corners: readonly Corner[], ask: (at: readonly number[]) => Corner): Corner[] {
  const kept = corners.slice(0, -1)
  const [best] = kept
  const [second, worst] = [corners.at(-2), corners.at(-1)]
  if (best === undefined || second === undefined || worst === undefined) return [...corners]
  const centre = best.at.map(
    (_, axis) => kept.reduce((sum, { at }) => sum + (at[axis] ?? 0), 0) / kept.length,
  )
  const reflected = ask(along(worst.at, centre, 2))
  if (reflected.value < best.value) {
    const expanded = ask(along(worst.at, centre, 3))
    return [...kept, expanded.value < reflected.value ? expanded : reflected]
  }
  if (reflected.value < second.value) return [...kept, reflected]
  const outside = reflected.value < worst.value
  const contracted = ask(along(worst.at, centre, outside ? 1.5 : 0.5))
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...kept, contracted]
  return [best, ...corners.slice(1).map(({ at }) => ask(along(best.at, at, 0.5)))]
}
