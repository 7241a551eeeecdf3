import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FiguresAnswer } from '../../shared/api/journeys.ts'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { PathStep } from '../../shared/api/why.ts'

/** The numbers on one card. Those that a rehearsal does not know are null. */
export interface NodeNumbers {
  readonly in: number
  readonly waiting: number
  readonly ports: Readonly<Record<string, number>>
  readonly delivered: number | null
  readonly opened: number | null
  readonly clicked: number | null
  readonly reached: number | null
  readonly reachedControl: number | null
  readonly stuck: number
  /** Of a version that is looked at apart: who went on from here to a later one. */
  readonly movedOn: number
}

export interface NumbersState {
  readonly source: 'none' | 'live' | 'rehearsal' | 'passage'
  readonly nodes: Readonly<Record<string, NodeNumbers>>
  /** The most that any node was entered by: what the widest line stands for. */
  readonly most: number
  readonly entered: number
  readonly control: number
  readonly version: number | null
}

/** What the cards and lines of the canvas count, whichever source it comes from. */
export type NumbersStore = StoreApi<NumbersState>

export const noNumbers: NumbersState = {
  source: 'none',
  nodes: {},
  most: 0,
  entered: 0,
  control: 0,
  version: null,
}

export function createNumbers(): NumbersStore {
  return createStore<NumbersState>()(() => noNumbers)
}

/** A card whose numbers did not change keeps the same object, so that it is not drawn again. */
function reused(
  before: NumbersState['nodes'],
  after: Record<string, NodeNumbers>,
): Readonly<Record<string, NodeNumbers>> {
  for (const [id, numbers] of Object.entries(after)) {
    const old = before[id]
    if (old !== undefined && JSON.stringify(old) === JSON.stringify(numbers)) after[id] = old
  }
  return after
}

/** The most that came in anywhere: the whole width of a line. */
const mostIn = (nodes: Readonly<Record<string, NodeNumbers>>) =>
  Math.max(0, ...Object.values(nodes).map((numbers) => numbers.in))

/** The live figures of a version, or of all together where the answer names none. */
export function fromFigures(figures: FiguresAnswer, before: NumbersState = noNumbers): NumbersState {
  const nodes = Object.fromEntries(
    Object.entries(figures.nodes).map(([id, node]): [string, NodeNumbers] => [
      id,
      {
        in: node.in,
        waiting: node.waiting,
        ports: node.ports,
        delivered: node.delivered,
        opened: node.opened,
        clicked: node.clicked,
        reached: node.reached,
        reachedControl: node.reachedControl,
        stuck: node.stuck,
        movedOn: figures.version === null ? 0 : node.movedOut,
      },
    ]),
  )
  return {
    source: 'live',
    nodes: reused(before.nodes, nodes),
    most: mostIn(nodes),
    entered: figures.entered,
    control: figures.control,
    version: figures.version,
  }
}

/** The ports of each node at a day's end, by node. */
function portsByNode(ports: Readonly<Record<string, number>>): Record<string, Record<string, number>> {
  const found: Record<string, Record<string, number>> = {}
  for (const [key, count] of Object.entries(ports)) {
    const dot = key.indexOf('.')
    const node = key.slice(0, dot)
    found[node] = { ...found[node], [key.slice(dot + 1)]: count }
  }
  return found
}

/** The state of a rehearsal at the end of one of its days, counted from 0. */
export function fromRehearsal(
  report: RehearsalReport,
  day: number,
  before: NumbersState = noNumbers,
): NumbersState {
  const at = report.timeline[day]
  if (at === undefined) return noNumbers
  const ports = portsByNode(at.ports)
  const ids = new Set([...Object.keys(at.nodes), ...Object.keys(at.goals)])
  const nodes = Object.fromEntries(
    [...ids].map((id): [string, NodeNumbers] => {
      const [arrived, standing] = at.nodes[id] ?? [0, 0]
      const [reached, control] = at.goals[id] ?? [null, null]
      return [
        id,
        {
          in: arrived,
          waiting: standing,
          ports: ports[id] ?? {},
          delivered: null,
          opened: null,
          clicked: null,
          reached,
          reachedControl: control,
          stuck: 0,
          movedOn: 0,
        },
      ]
    }),
  )
  return {
    source: 'rehearsal',
    nodes: reused(before.nodes, nodes),
    most: Math.max(report.entered, mostIn(nodes)),
    entered: report.entered,
    control: report.control,
    version: null,
  }
}

/** One customer's way through a journey: how often each node was reached and left, and where it stands now. */
export function fromPassage(path: readonly PathStep[], state: string | null): NumbersState {
  const nodes: Record<string, { in: number; waiting: number; ports: Record<string, number> }> = {}
  const at = (id: string) => {
    const known = nodes[id] ?? { in: 0, waiting: 0, ports: {} }
    nodes[id] = known
    return known
  }
  for (const { node, outcome, to } of path) {
    const { ports } = at(node)
    ports[outcome] = (ports[outcome] ?? 0) + 1
    // Nobody comes to a trigger or a goal by a line.
    if (outcome === 'entered' || to === null || to === node) at(node).in += 1
    if (to !== null && to !== node) at(to).in += 1
  }
  if (state !== null) at(state).waiting = 1
  const blank = {
    delivered: null,
    opened: null,
    clicked: null,
    reached: null,
    reachedControl: null,
    stuck: 0,
    movedOn: 0,
  }
  const counted = Object.fromEntries(Object.entries(nodes).map(([id, one]) => [id, { ...blank, ...one }]))
  return { source: 'passage', nodes: counted, most: mostIn(counted), entered: 1, control: 0, version: null }
}

/** How many left a node by a port, and their share of all who left it; null where nobody did. */
export function flowOf(
  numbers: NodeNumbers | undefined,
  port: string,
): { readonly count: number; readonly share: number } | null {
  if (numbers === undefined) return null
  const count = numbers.ports[port] ?? 0
  const all = Object.values(numbers.ports).reduce((sum, one) => sum + one, 0)
  return all === 0 ? null : { count, share: count / all }
}
