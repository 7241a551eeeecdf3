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
import { flowOf } from '../store/numbers.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useCanvas, useDocument } from './context.ts'
import styles from './FlowLine.module.css'
import { edgeWidth, type FlowEdge } from './flow.ts'
import { useNode } from './useNode.ts'

/** A point of the curve that React Flow draws between two ports, t from 0 to 1. */
function along(t: number, from: number, to: number, c1: number, c2: number): number {
  const u = 1 - t
  return u * u * u * from + 3 * u * u * t * c1 + 3 * u * t * t * c2 + t * t * t * to
}

/** How much of the way from its port a line's label stands: where lines of one card lie furthest apart. */
function labelPlace(ports: number, joined: boolean): number {
  if (joined) return 0.3
  return ports <= 2 ? 0.4 : 0.62
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
  const far = useFlowStore(isFar)
  const aimed = useStore(screen, ({ drag }) => drag?.edge === edge.id)
  const { sourceX, sourceY, targetX, targetY } = edge
  const [path] = getBezierPath(edge)
  const width = edgeWidth(counted ? (flow?.count ?? 0) : null, most)
  const look = aimed ? styles.aimed : edge.selected ? styles.selected : styles.line
  // Control points of getBezierPath for a line from a lower to an upper side.
  const reach = targetY >= sourceY ? (targetY - sourceY) * 0.5 : 0.25 * 25 * Math.sqrt(sourceY - targetY)
  return (
    <>
      <BaseEdge
        path={path}
        className={look ?? ''}
        style={{ strokeWidth: aimed ? Math.max(width, 4) : width }}
        interactionWidth={28}
      />
      {far ? null : (
        <Label
          node={edge.source}
          port={port}
          target={edge.target}
          flow={flow}
          place={(t) => ({
            x: along(t, sourceX, targetX, sourceX, targetX),
            y: along(t, sourceY, targetY, sourceY + reach, targetY - reach),
          })}
        />
      )}
    </>
  )
})

interface LabelProps {
  node: string
  port: string
  target: string
  flow: { count: number; share: number } | null
  place: (t: number) => { x: number; y: number }
}

function Label({ node, port, target, flow, place }: LabelProps) {
  const format = useFormat()
  const source = useNode(node)
  // Where several ports lead to one node their labels stand close, and the card tells the counts anyway.
  const joined = useDocument(
    ({ journey }) => Object.values(journey.edges[node] ?? {}).filter((to) => to === target).length > 1,
  )
  if (source === null || source.ports.length < 2) return null
  const name = source.ports.find(({ id }) => id === port)?.name
  const words = [
    name === undefined ? port : format.text(name) || port,
    flow === null ? null : format.share(flow.share, 0),
  ]
  const { x, y } = place(labelPlace(source.ports.length, joined))
  return (
    <EdgeLabelRenderer>
      <span
        className={styles.label}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        title={flow === null ? undefined : format.count(flow.count)}
      >
        {words.filter((word) => word !== null).join(' ')}
        {flow === null || joined ? null : <small>{format.count(flow.count, true)}</small>}
      </span>
    </EdgeLabelRenderer>
  )
}
