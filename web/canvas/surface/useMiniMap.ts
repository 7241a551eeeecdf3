import { useCallback } from 'react'
import { cssVar } from '../../theme/tokens.ts'
import { useCanvas } from '../context.ts'
import type { CardNode } from './flow.ts'

/** The colour of a card on the small map: its category's. */
export function useMiniMap(): (node: CardNode) => string {
  const { document, types } = useCanvas()
  return useCallback(
    ({ id }) => {
      const type = types.get(document.getState().journey.nodes[id]?.type ?? '')
      return cssVar(type?.category ?? 'flow')
    },
    [document, types],
  )
}
