import type { Journey } from '../../../shared/journey/graph.ts'
import { edgesOf } from '../../../shared/journey/walk.ts'
import type { Registry } from '../../../shared/nodes/type.ts'
import { cardSize, edgeId, type Point, portsOf, portX } from '../../store/graph.ts'

/** The x of the lane in which a line runs past cards, by the line's id; the others run straight. */
export type Lanes = ReadonlyMap<string, number>

interface Way {
  readonly id: string
  readonly target: string
  readonly from: Point
  readonly to: Point
  /** The height in which the lane runs. */
  readonly top: number
  readonly bottom: number
}

/** How far a lane keeps from the cards it passes, the wished distance first: a label has room in it. */
const distances = [56, 32, 20] as const

/** How far lanes with different ends lie apart. */
const apart = 16

/** A line no longer than this (px) passes no card. */
const short = cardSize.height + 24

const meets = (card: Point, top: number, bottom: number) => card.y < bottom && card.y + cardSize.height > top

/** Whether a card stands in the way of the plain curve between two points. */
function blocks(card: Point, { from, to }: Way): boolean {
  const reach = (to.y - from.y) / 2
  for (let step = 1; step < 12; step += 1) {
    const t = step / 12
    const u = 1 - t
    const x = u ** 3 * from.x + 3 * u * u * t * from.x + 3 * u * t * t * to.x + t ** 3 * to.x
    const y =
      u ** 3 * from.y + 3 * u * u * t * (from.y + reach) + 3 * u * t * t * (to.y - reach) + t ** 3 * to.y
    const within = x > card.x - 10 && x < card.x + cardSize.width + 10
    if (within && y > card.y - 6 && y < card.y + cardSize.height + 6) return true
  }
  return false
}

interface Taken extends Way {
  readonly x: number
}

/** The lane nearest to both ends that none of the cards passed and no line to another card has. */
function laneFor(way: Way, passed: readonly Point[], taken: readonly Taken[]): number | null {
  // Cards stand in columns: what is asked of one is asked of all above and below it.
  const columns = [...new Set(passed.map(({ x }) => x))]
  const clear = (x: number) => columns.every((left) => x < left - 14 || x > left + cardSize.width + 14)
  const free = (x: number) =>
    taken.every(
      (lane) =>
        lane.target === way.target ||
        Math.abs(lane.x - x) >= apart ||
        lane.top > way.bottom ||
        lane.bottom < way.top,
    )
  const detour = (x: number) => Math.abs(x - way.from.x) + Math.abs(x - way.to.x)
  for (const distance of distances) {
    const found = columns
      .flatMap((left) =>
        [0, 1, 2, 3].flatMap((shift) => [
          left - distance - shift * apart,
          left + cardSize.width + distance + shift * apart,
        ]),
      )
      .sort((a, b) => detour(a) - detour(b))
      .find((x) => clear(x) && free(x))
    if (found !== undefined) return found
  }
  return null
}

/** Every line that is long enough to pass a card, or leads back up. */
function waysOf(journey: Journey, places: Readonly<Record<string, Point>>, types: Registry): Way[] {
  return edgesOf(journey).flatMap(({ from, port, to }) => {
    const [start, end] = [places[from], places[to]]
    if (start === undefined || end === undefined) return []
    const ports = portsOf(journey, from, types)
    const index = ports.findIndex(({ id }) => id === port)
    const source = { x: start.x + portX(Math.max(0, index), ports.length), y: start.y + cardSize.height }
    const target = { x: end.x + cardSize.width / 2, y: end.y }
    const back = target.y < source.y
    if (!back && target.y - source.y < short) return []
    const [top, bottom] = back ? [target.y - 16, source.y + 16] : [source.y + 16, target.y - 16]
    return [{ id: edgeId(from, port), target: to, from: source, to: target, top, bottom }]
  })
}

/**
 * The lanes of a journey's lines. A line runs in a plain curve where nothing stands in its way; else it turns
 * aside into a lane past the cards, as one that leads back up does. Lines to one card share a lane.
 */
export function lanesOf(journey: Journey, places: Readonly<Record<string, Point>>, types: Registry): Lanes {
  const cards = Object.values(places)
  const taken: Taken[] = []
  for (const way of waysOf(journey, places, types)) {
    const passed = cards.filter((card) => meets(card, way.top, way.bottom))
    if (way.to.y >= way.from.y && !passed.some((card) => blocks(card, way))) continue
    const x = laneFor(way, passed, taken)
    if (x !== null) taken.push({ ...way, x })
  }
  return new Map(taken.map(({ id, x }) => [id, x]))
}

/** How high a line's turn into its lane is (px). */
const turn = 44

/** A line by way of its lane as an SVG path, and the place of its label. */
export function lanePath(from: Point, to: Point, x: number): { path: string; label: Point } {
  if (to.y < from.y) {
    const path = `M${from.x},${from.y} C${from.x},${from.y + turn} ${x},${from.y + turn} ${x},${from.y} L${x},${to.y} C${x},${to.y - turn} ${to.x},${to.y - turn} ${to.x},${to.y}`
    return { path, label: { x, y: from.y - 20 } }
  }
  const high = Math.min(turn, (to.y - from.y) / 2)
  const [upper, lower] = [from.y + high, to.y - high]
  const path = `M${from.x},${from.y} C${from.x},${from.y + high / 2} ${x},${upper - high / 2} ${x},${upper} L${x},${lower} C${x},${lower + high / 2} ${to.x},${to.y - high / 2} ${to.x},${to.y}`
  return { path, label: { x, y: Math.min(upper + 20, (upper + lower) / 2) } }
}
