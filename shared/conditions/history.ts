/** How often an enrollment has left by each port, by `node.port`: as it is stored. */
export type Leavings = Readonly<Record<string, number>>

interface Part {
  readonly size: number
  readonly byPort: Leavings
  readonly byNode: Leavings
}

/**
 * What an enrollment has behind it. A way of any length is kept in few parts, each older one longer than the
 * next newer, so that one leaving more copies little of it; what has been made never changes, so that it may be
 * shared by all who came the same way.
 */
export interface History {
  readonly recent: Leavings
  /** The newest first. */
  readonly older: readonly Part[]
}

/** Most ways are shorter than this, and then a plain record is all there is. */
const mostRecent = 16

const none: readonly Part[] = []
export const noHistory: History = { recent: {}, older: none }

const nodeOf = (leaving: string) => leaving.slice(0, leaving.indexOf('.'))

function summed(one: Leavings, more: Leavings): Leavings {
  const sum: Record<string, number> = { ...one }
  for (const key in more) sum[key] = (sum[key] ?? 0) + (more[key] ?? 0)
  return sum
}

function partOf(byPort: Leavings): Part {
  const byNode: Record<string, number> = {}
  for (const key in byPort) byNode[nodeOf(key)] = (byNode[nodeOf(key)] ?? 0) + (byPort[key] ?? 0)
  return { size: Object.keys(byPort).length, byPort, byNode }
}

/** Puts a part before older ones; those that are not longer are melted into it. */
function before(part: Part, older: readonly Part[]): readonly Part[] {
  const [next, ...rest] = older
  if (next === undefined || next.size > part.size) return [part, ...older]
  const byPort = summed(next.byPort, part.byPort)
  const byNode = summed(next.byNode, part.byNode)
  return before({ size: Object.keys(byPort).length, byPort, byNode }, rest)
}

/** Reads what `leavingsOf` has written. */
export function historyOf(leavings: Leavings): History {
  if (Object.keys(leavings).length <= mostRecent) return { recent: leavings, older: none }
  return { recent: {}, older: [partOf(leavings)] }
}

/** The whole of a history as one record, oldest first. */
export function leavingsOf({ recent, older }: History): Leavings {
  if (older.length === 0) return recent
  return summed(
    older.reduceRight<Leavings>((sum, { byPort }) => summed(sum, byPort), {}),
    recent,
  )
}

/** A history with one leaving more, `node.port`. */
export function withLeaving({ recent, older }: History, leaving: string): History {
  const known = recent[leaving]
  if (known === undefined && Object.keys(recent).length >= mostRecent)
    return { recent: { [leaving]: 1 }, older: before(partOf(recent), older) }
  return { recent: { ...recent, [leaving]: (known ?? 0) + 1 }, older }
}

/** How often an enrollment has left a node, by one port or by any; its next visit is one more. */
export function timesLeft({ recent, older }: History, node: string, port?: string): number {
  let times = 0
  if (port !== undefined) {
    const key = `${node}.${port}`
    times = recent[key] ?? 0
    for (const { byPort } of older) times += byPort[key] ?? 0
    return times
  }
  const prefix = `${node}.`
  for (const key in recent) if (key.startsWith(prefix)) times += recent[key] ?? 0
  for (const { byNode } of older) times += byNode[node] ?? 0
  return times
}
