import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  type ReactFlowState,
  useStore as useFlowStore,
} from '@xyflow/react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Point } from '../../store/graph.ts'
import { flowOf } from '../../store/numbers.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import { useNode } from '../useNode.ts'
import styles from './FlowLine.module.css'
import { edgeWidth, type FlowEdge } from './flow.ts'
import { lanePath } from './lanes.ts'

/** A point of the curve that React Flow draws between two ports, t from 0 to 1. */
function along(t: number, from: number, to: number, c1: number, c2: number): number {
  const u = 1 - t
  return u * u * u * from + 3 * u * u * t * c1 + 3 * u * t * t * c2 + t * t * t * to
}

/** How much of the way from its port a label stands on a line that goes aside. */
const onLine = 0.4

/** How far a label keeps from the port beside which it stands (px to the side, and below). */
const beside = { x: 10, y: 17 }

interface Stand extends Point {
  /** Which of the label's own points stands there: its right end, its middle or its left end. */
  readonly anchor: 'right' | 'middle' | 'left'
}

/**
 * Where a line's label stands: beside its port, on the side that the line leaves free. A line that goes
 * outwards leaves none, and has its label upon it.
 */
function standOf(port: Point, { aside, place }: Way, index: number, count: number): Stand {
  const half = Math.sign(index - (count - 1) / 2)
  if (half * aside > 0) return { ...place(onLine), anchor: 'middle' }
  const side = half === 0 ? (aside > 0 ? -1 : 1) : half
  const y = port.y + beside.y
  return side < 0 ? { x: port.x - beside.x, y, anchor: 'right' } : { x: port.x + beside.x, y, anchor: 'left' }
}

const shifts = { right: '-100%', middle: '-50%', left: '0' } as const

interface Way {
  path: string
  /** How far the line goes to the right of its port (px) before it goes down. */
  aside: number
  /** Where a label stands that wishes to be so far along the plain curve, t from 0 to 1. */
  place: (t: number) => Point
}

/** A line's path: the plain curve, or by way of its lane. */
function wayOf(edge: EdgeProps<FlowEdge>): Way {
  const { sourceX, sourceY, targetX, targetY } = edge
  const lane = edge.data?.lane ?? null
  if (lane !== null) {
    const { path, label } = lanePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, lane)
    return { path, aside: lane - sourceX, place: () => label }
  }
  const [path] = getBezierPath(edge)
  // Control points of getBezierPath for a line from a lower to an upper side.
  const reach = targetY >= sourceY ? (targetY - sourceY) * 0.5 : 0.25 * 25 * Math.sqrt(sourceY - targetY)
  return {
    path,
    aside: targetX - sourceX,
    place: (t) => ({
      x: along(t, sourceX, targetX, sourceX, targetX),
      y: along(t, sourceY, targetY, sourceY + reach, targetY - reach),
    }),
  }
}

/** From so far away that no label can be read. */
const isFar = ({ transform }: ReactFlowState) => transform[2] < 0.4

/** A line from a port: as wide as the flow, with the port's name, its share and its count. */
export const FlowLine = memo(function FlowLine(edge: EdgeProps<FlowEdge>) {
  const { numbers, screen } = useCanvas()
  const port = edge.sourceHandleId ?? ''
  const flow = useStore(
    numbers,
    useShallow(({ nodes }) => flowOf(nodes[edge.source], port)),
  )
  const most = useStore(numbers, (all) => all.most)
  const counted = useStore(numbers, ({ source }) => source !== 'none')
  const walked = useStore(numbers, ({ source }) => source === 'passage')
  const far = useFlowStore(isFar)
  const aimed = useStore(screen, ({ drag }) => drag?.edge === edge.id)
  const way = wayOf(edge)
  const width = edgeWidth(counted ? (flow?.count ?? 0) : null, most)
  const path = (flow?.count ?? 0) > 0 ? styles.walked : styles.unwalked
  const look = aimed ? styles.aimed : edge.selected ? styles.selected : walked ? path : styles.line
  return (
    <>
      <BaseEdge
        path={way.path}
        className={look ?? ''}
        style={{ strokeWidth: aimed ? Math.max(width, 4) : width }}
        interactionWidth={28}
      />
      {far ? null : <Label edge={edge} flow={walked ? null : flow} way={way} />}
    </>
  )
})

interface LabelProps {
  edge: EdgeProps<FlowEdge>
  flow: { count: number; share: number } | null
  way: Way
}

function Label({ edge, flow, way }: LabelProps) {
  const format = useFormat()
  const { source: node, target, sourceHandleId: port } = edge
  const source = useNode(node)
  // Where several ports lead to one node the card tells the counts anyway.
  const joined = useDocument(
    ({ journey }) => Object.values(journey.edges[node] ?? {}).filter((to) => to === target).length > 1,
  )
  if (source === null || source.ports.length < 2) return null
  const index = source.ports.findIndex(({ id }) => id === port)
  const name = source.ports[index]?.name
  const words = [
    name === undefined ? port : format.text(name) || port,
    flow === null ? null : format.share(flow.share, 0),
  ]
  const at = { x: edge.sourceX, y: edge.sourceY }
  const { x, y, anchor } = standOf(at, way, index, source.ports.length)
  return (
    <EdgeLabelRenderer>
      <span
        className={anchor === 'middle' ? styles.label : `${styles.label} ${styles.beside}`}
        style={{ transform: `translate(${shifts[anchor]}, -50%) translate(${x}px, ${y}px)` }}
        title={flow === null ? undefined : format.count(flow.count)}
      >
        {words.filter((word) => word !== null).join(' ')}
        {flow === null || joined ? null : <small>{format.count(flow.count, true)}</small>}
      </span>
    </EdgeLabelRenderer>
  )
}
