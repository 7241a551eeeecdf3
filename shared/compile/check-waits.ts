import { adjacencyOf, reachable } from '../journey/walk.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { nodeName } from './names.ts'
import type { ReadJourney } from './read.ts'

/** Dates of a customer that are waited for one after another, by whoever is too late for both going on at once. */
function checkBurst({ nodes, edges }: ReadJourney): Diagnostic[] {
  const doubtful = new Set(
    [...nodes.values()].filter(({ type, config }) => type.goesOnLate?.(config)).map(({ id }) => id),
  )
  if (doubtful.size < 2) return []
  const behind = edges.filter(({ from }) => doubtful.has(from)).map(({ to }) => to)
  const reached = reachable(adjacencyOf(edges), [...new Set(behind)])
  return [...doubtful]
    .filter((id) => reached.has(id))
    .map((id) => diagnose('dates-at-once', { node: id, field: 'late' }))
}

/** Nodes that are named by one that they do not lead to. */
function checkOrder(read: ReadJourney): Diagnostic[] {
  const graph = adjacencyOf(read.edges)
  const known = new Map<string, ReadonlySet<string>>()
  const after = (id: string): ReadonlySet<string> => {
    const found = known.get(id) ?? reachable(graph, read.out.get(id)?.map(({ to }) => to) ?? [])
    known.set(id, found)
    return found
  }
  return [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (type.refers?.(config) ?? []).flatMap(({ field, node }) => {
      if (!read.nodes.has(node) || after(node).has(id)) return []
      const zh = { reference: nodeName(read, node, 'zh-CN') }
      const en = { reference: nodeName(read, node, 'en') }
      return [diagnose('reference-not-before', { node: id, field, zh }, en)]
    }),
  )
}

/** What is waited for in a place where it cannot come, or comes all at once. */
export function checkWaits(read: ReadJourney): Diagnostic[] {
  return [...checkBurst(read), ...checkOrder(read)]
}
