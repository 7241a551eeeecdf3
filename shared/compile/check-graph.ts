import { reservedIds } from '../journey/graph.ts'
import { adjacencyOf, cycles, type Edge, edgesOf, reachable, targetOf } from '../journey/walk.ts'
import { limits } from '../limits.ts'
import type { Locale } from '../text.ts'
import { type Diagnostic, diagnose, type Place } from './diagnostics.ts'
import { nodeName, portName } from './names.ts'
import { freeEdges, limitPort, type ReadJourney, type ReadNode, takesTime } from './read.ts'

/** A diagnostic whose details have words of their own in each language. */
function told(code: string, place: Place, details: (locale: Locale) => Record<string, string>): Diagnostic {
  return diagnose(code, { ...place, zh: details('zh-CN') }, details('en'))
}

function checkIds({ journey }: ReadJourney): Diagnostic[] {
  return Object.keys(journey.nodes)
    .filter((id) => reservedIds.includes(id))
    .map((id) => diagnose('reserved-id', { node: id }, { id }))
}

function checkEdge(read: ReadJourney, { from, port, to }: Edge): Diagnostic[] {
  const { journey, nodes } = read
  const place = { node: from, field: `ports.${port}` }
  if (!Object.hasOwn(journey.nodes, from)) return [diagnose('unknown-source', { node: null }, { from })]
  const found: Diagnostic[] = []
  const ports = nodes.get(from)?.ports
  if (ports !== undefined && !ports.includes(port)) found.push(diagnose('unknown-port', place, { port }))
  if (!Object.hasOwn(journey.nodes, to))
    found.push(
      told('unknown-target', place, (locale) => ({ port: portName(read, from, port, locale), target: to })),
    )
  const role = read.roleOf(to)
  if (role === 'trigger' || role === 'goal')
    found.push(told(`edge-into-${role}`, place, (locale) => ({ target: nodeName(read, to, locale) })))
  return found
}

function checkPorts(read: ReadJourney): Diagnostic[] {
  const { journey, nodes } = read
  return [...nodes.values()].flatMap(({ id, ports }) =>
    ports
      .filter((port) => targetOf(journey, id, port) === null)
      .map((port) =>
        told('dangling-port', { node: id, field: `ports.${port}` }, (locale) => ({
          port: portName(read, id, port, locale),
        })),
      ),
  )
}

function checkReach(read: ReadJourney): Diagnostic[] {
  const { journey, nodes, edges, triggers, unclear } = read
  if (triggers.length === 0) return [diagnose('no-trigger', { node: null })]
  const reached = reachable(adjacencyOf(edges), triggers)
  const lost = Object.keys(journey.nodes).filter((id) => !reached.has(id) && read.roleOf(id) !== 'goal')
  const exits = [...nodes.values()].filter(({ type }) => type.role === 'exit').map(({ id }) => id)
  // A port that leads nowhere is told as such, and may yet be led to an exit.
  const open = [...nodes.values()].filter(({ id, ports }) =>
    ports.some((port) => leadsNowhere(read, id, port)),
  )
  const backward = adjacencyOf(edges, 'backward')
  const ending = reachable(backward, [...exits, ...unclear, ...open.map(({ id }) => id)])
  const trapped = [...reached].filter((id) => !ending.has(id))
  const endless = trapped.length === 0 && exits.length === 0 && unclear.size === 0
  const without = endless ? triggers.slice(0, 1) : trapped
  return [
    ...lost.map((id) => diagnose('unreachable-node', { node: id })),
    ...without.map((id) => told('no-end', { node: id }, (locale) => ({ nodes: nodeName(read, id, locale) }))),
  ]
}

function leadsNowhere({ journey, out }: ReadJourney, id: string, port: string): boolean {
  if (targetOf(journey, id, port) === null) return true
  return !out.get(id)?.some((edge) => edge.port === port)
}

/** The first wait on the loop that may be over at once; null where there is none. */
function doubtfulWait({ nodes, out }: ReadJourney, loop: readonly string[]): string | null {
  const doubtful = loop.find((id, at) => {
    const node = nodes.get(id)
    const to = loop[(at + 1) % loop.length]
    if (node?.type.leastStay === undefined) return false
    return out.get(id)?.some((edge) => edge.to === to && mayBeOver(node, edge.port)) === true
  })
  return doubtful ?? null
}

function mayBeOver(node: ReadNode, port: string): boolean {
  return port !== limitPort && !takesTime(node, port)
}

function checkLoops(read: ReadJourney): Diagnostic[] {
  const found = cycles(adjacencyOf(freeEdges(read)), Object.keys(read.journey.nodes))
  return found.map((loop) => {
    const wait = doubtfulWait(read, loop)
    const code = wait === null ? 'loop-without-wait' : 'loop-may-not-wait'
    return told(code, { node: wait ?? loop[0] ?? null }, (locale) => ({
      nodes: [...loop, ...loop.slice(0, 1)].map((id) => nodeName(read, id, locale)).join(' → '),
      wait: wait === null ? '' : nodeName(read, wait, locale),
    }))
  })
}

const sizes = [
  { what: 'too-many-nodes', limit: limits.journeyNodes, of: () => true },
  {
    what: 'too-many-triggers',
    limit: limits.journeyTriggers,
    of: (role: string | undefined) => role === 'trigger',
  },
  { what: 'too-many-goals', limit: limits.journeyGoals, of: (role: string | undefined) => role === 'goal' },
] as const

/** What is reckoned for each node with each trigger and goal needs few of these. */
function checkSize({ journey, roleOf }: ReadJourney): Diagnostic[] {
  const roles = Object.keys(journey.nodes).map(roleOf)
  return sizes.flatMap(({ what, limit: { value: limit }, of }) => {
    const count = roles.filter(of).length
    return count <= limit ? [] : [diagnose(what, { node: null }, { count, limit })]
  })
}

/** The proofs over the graph alone: entries, ports, edges, reach, ends and loops. */
export function checkGraph(read: ReadJourney): Diagnostic[] {
  return [
    ...checkSize(read),
    ...checkIds(read),
    ...edgesOf(read.journey).flatMap((edge) => checkEdge(read, edge)),
    ...checkPorts(read),
    ...checkReach(read),
    ...checkLoops(read),
  ]
}
