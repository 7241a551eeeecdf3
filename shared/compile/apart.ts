import { isCounted, limitPort, type ReadJourney, type ReadNode } from './read.ts'
import type { Loops } from './unroll.ts'

/** The most that a node is reckoned to hold anybody at the least; null where that is not the same for everybody. */
function held({ type, config, ports }: ReadNode): number | null {
  const { leastStay } = type
  if (leastStay === undefined) return 0
  const stays = ports
    .filter((port) => port !== limitPort)
    .map((port) => leastStay(config, { port, latest: null }))
  return stays.includes(0) ? null : Math.max(0, ...stays)
}

/**
 * What surely passes at a node of a loop at each visit but the first, where it opens again and again and lets nobody
 * out twice for one opening: the time between two openings, less what the others of the loop are reckoned with. 0
 * where that is not known, or the loop counts the visits of other nodes too.
 */
export function apartIn(read: ReadJourney, loops: Loops): (node: ReadNode) => number {
  const known = new Map<string, number>()
  const members = new Map<number | undefined, ReadNode[]>()
  for (const node of read.nodes.values()) {
    const loop = loops.of.get(node.id)
    const others = members.get(loop)
    if (others === undefined) members.set(loop, [node])
    else others.push(node)
  }
  const reckon = (node: ReadNode): number => {
    const gap = node.type.recurs?.(node.config) ?? 0
    if (gap === 0) return 0
    let others = 0
    for (const other of members.get(loops.of.get(node.id)) ?? []) {
      if (other.id === node.id) continue
      const stay = isCounted(other) ? null : held(other)
      if (stay === null) return 0
      others += stay
    }
    return Math.max(0, gap - others)
  }
  return (node) => {
    const found = known.get(node.id) ?? reckon(node)
    known.set(node.id, found)
    return found
  }
}
