import { useCallback } from 'react'
import type { DiagnosticAnswer } from '../../shared/api/diagnostics.ts'
import { select } from '../store/document.ts'
import { useCanvas } from './context.ts'

/** Takes the marketer to a node and a field of it. */
export function useVisit(): (place: Pick<DiagnosticAnswer, 'node' | 'field'>) => void {
  const { document, screen, commands } = useCanvas()
  return useCallback(
    ({ node, field }) => {
      screen.setState({ version: null })
      if (node === null || document.getState().journey.nodes[node] === undefined) {
        select(document, [])
        return
      }
      select(document, [node])
      commands.view.reveal([node])
      const count = (screen.getState().visit?.count ?? 0) + 1
      if (field !== null) screen.setState({ visit: { node, field, count } })
    },
    [document, screen, commands],
  )
}
