import { applyNodeChanges, type NodeChange, type OnNodeDrag } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import { type Locale, say } from '../../../shared/text.ts'
import { move } from '../../commands/move.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { type DocumentState, select } from '../../store/document.ts'
import { useCanvas } from '../context.ts'
import { type CardNode, type FlowEdge, flowEdges, flowNodes } from './flow.ts'

const nameIn = (journey: Journey, id: string, locale: Locale): string => {
  const node = journey.nodes[id]
  return (node && say(node.name, locale)) || id
}

/**
 * The document as React Flow's nodes and edges. While a card is dragged only React Flow's copy moves; the
 * document learns of it when the card is let go, as one step.
 */
export function useFlow() {
  const { document, commands, types } = useCanvas()
  const { locale } = useLocale()
  const linesOf = useCallback(
    ({ journey, edge }: DocumentState, before: readonly FlowEdge[]) =>
      flowEdges(journey, edge, before, types, (id) => nameIn(journey, id, locale)),
    [locale, types],
  )
  const [nodes, setNodes] = useState<CardNode[]>(() => {
    const { journey, selection } = document.getState()
    return flowNodes(journey, selection, [], types)
  })
  const [edges, setEdges] = useState<FlowEdge[]>(() => linesOf(document.getState(), []))
  const dragging = useRef(false)

  useEffect(() => {
    const draw = () => {
      const state = document.getState()
      setNodes((before) => flowNodes(state.journey, state.selection, before, types))
      setEdges((before) => linesOf(state, before))
    }
    draw()
    return document.subscribe((now, before) => {
      const moved = now.journey !== before.journey || now.selection !== before.selection
      if (moved || now.edge !== before.edge) draw()
    })
  }, [document, types, linesOf])

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before))
      const chosen = changes.filter((change) => change.type === 'select')
      if (chosen.length > 0) {
        const now = new Set(document.getState().selection)
        for (const { id, selected } of chosen) selected ? now.add(id) : now.delete(id)
        select(document, [...now])
      }
      // Arrow keys move cards without a drag.
      const nudged = changes.flatMap((change) =>
        change.type === 'position' && !dragging.current && !change.dragging && change.position
          ? [[change.id, change.position] as const]
          : [],
      )
      if (nudged.length > 0) void move.run(commands, Object.fromEntries(nudged))
    },
    [document, commands],
  )
  const onNodeDragStart = useCallback(() => {
    dragging.current = true
  }, [])
  const onNodeDragStop = useCallback<OnNodeDrag<CardNode>>(
    (_event, _node, moved) => {
      dragging.current = false
      void move.run(commands, Object.fromEntries(moved.map(({ id, position }) => [id, position])))
    },
    [commands],
  )
  return { nodes, edges, onNodesChange, onNodeDragStart, onNodeDragStop }
}
