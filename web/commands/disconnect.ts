import { edit } from '../store/document.ts'
import { edgeId, withoutEdges } from '../store/graph.ts'
import type { Command } from './command.ts'

/** Takes the line of a port away. */
export const disconnect: Command<{ readonly from: string; readonly port: string }> = {
  id: 'disconnect',
  shortcuts: [],
  run: ({ document }, { from, port }) => {
    edit(document, (journey) => withoutEdges(journey, new Set([edgeId(from, port)])), { label: 'disconnect' })
  },
}
