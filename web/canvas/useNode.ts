import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { JourneyNode } from '../../shared/journey/graph.ts'
import type { NodeType, Port } from '../../shared/nodes/type.ts'
import type { AnyCard } from '../nodes/index.ts'
import { portsOf, readNode } from '../store/graph.ts'
import { useCanvas, useDocument } from './context.ts'

export interface ReadCard {
  readonly node: JourneyNode
  readonly type: NodeType | undefined
  readonly card: AnyCard | undefined
  /** Read by the type's schema; null while it is broken. */
  readonly config: unknown
  readonly read: boolean
  readonly ports: readonly Port[]
  /** The ports that have a line. */
  readonly drawn: readonly string[]
}

/** A node with its type, card and configuration; null when it is gone. */
export function useNode(id: string): ReadCard | null {
  const { types, cards } = useCanvas()
  const node = useDocument(({ journey }) => journey.nodes[id])
  const variables = useDocument(({ journey }) => journey.variables)
  const drawn = useDocument(useShallow(({ journey }) => Object.keys(journey.edges[id] ?? {})))
  return useMemo(() => {
    if (node === undefined) return null
    const read = readNode(node, types, { variables })
    const alone = {
      variables,
      nodes: { [id]: node },
      edges: { [id]: Object.fromEntries(drawn.map((port) => [port, id])) },
    }
    return {
      node,
      type: types.get(node.type),
      card: cards.get(node.type),
      config: read?.config ?? null,
      read: read !== null,
      ports: portsOf(alone, id, types),
      drawn,
    }
  }, [id, node, variables, drawn, types, cards])
}
