import { useReactFlow } from '@xyflow/react'
import { type PointerEvent, useRef } from 'react'
import { addNode } from '../../commands/add-node.ts'
import { canInsert, insertOnEdge } from '../../commands/insert-on-edge.ts'
import type { Point } from '../../store/graph.ts'
import { useCanvas, useRun } from '../context.ts'
import type { PaletteItem } from './items.ts'

/** How far the pointer goes before a press becomes a drag (px). */
const threshold = 4

/** The line under a point of the screen, by id. */
function lineAt({ x, y }: Point): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const line = element.closest<SVGElement>('.react-flow__edge')
    if (line) return line.dataset.id ?? null
  }
  return null
}

const onSurface = ({ x, y }: Point) =>
  document.elementsFromPoint(x, y).some((element) => element.classList.contains('react-flow__pane'))

/**
 * Dragging out of the palette, by pointer events rather than the browser's own drag, which shows no card,
 * knows no touch and hides where it is. A press without a drag adds the node as the keyboard does.
 */
export function usePaletteDrag() {
  const { screen, types } = useCanvas()
  const run = useRun()
  const { screenToFlowPosition } = useReactFlow()
  const press = useRef<{ item: PaletteItem; from: Point; dragged: boolean } | null>(null)

  const end = () => {
    press.current = null
    screen.setState({ drag: null })
  }
  const drop = (item: PaletteItem, at: Point) => {
    const edge = screen.getState().drag?.edge ?? null
    const seed = item.seed()
    if (edge !== null) run(insertOnEdge, { seed, edge })
    else if (onSurface(at)) run(addNode, { seed, at: screenToFlowPosition(at) })
  }
  return (item: PaletteItem) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      press.current = { item, from: { x: event.clientX, y: event.clientY }, dragged: false }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = press.current
      if (now === null) return
      const at = { x: event.clientX, y: event.clientY }
      if (!now.dragged && Math.hypot(at.x - now.from.x, at.y - now.from.y) < threshold) return
      now.dragged = true
      const edge = canInsert(now.item.seed(), types) ? lineAt(at) : null
      screen.setState({ drag: { item: now.item.key, at, edge } })
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = press.current
      if (now?.dragged) drop(now.item, { x: event.clientX, y: event.clientY })
      // The click that follows a drag is none; it comes after this event.
      if (now?.dragged) event.currentTarget.dataset.dragged = 'yes'
      end()
    },
    onPointerCancel: end,
    onClick: (event: { currentTarget: HTMLElement }) => {
      const { dataset } = event.currentTarget
      if (dataset.dragged === 'yes') delete dataset.dragged
      else run(addNode, { seed: item.seed(), at: null })
    },
  })
}
