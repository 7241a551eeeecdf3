import { edit } from '../store/document.ts'
import { canConnect, withEdge } from '../store/graph.ts'
import type { Command } from './command.ts'

export interface Connect {
  readonly from: string
  readonly port: string
  readonly to: string
}

/** Draws a line from a port; where the port had one, it leads elsewhere now. */
export const connect: Command<Connect> = {
  id: 'connect',
  shortcuts: [],
  run: ({ document, types }, { from, port, to }) => {
    if (!canConnect(document.getState().journey, from, to, types)) return
    edit(document, (journey) => withEdge(journey, from, port, to), { label: 'connect' })
  },
}
