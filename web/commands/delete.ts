import type { Journey } from '../../shared/journey/graph.ts'
import { edit } from '../store/document.ts'
import { keepEdges, withoutEdges } from '../store/graph.ts'
import type { Command } from './command.ts'

/** The journey without some nodes and without every line from or to them; nothing is joined up instead. */
export function withoutNodes(journey: Journey, ids: ReadonlySet<string>): Journey {
  const left = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)))
  const bare = keepEdges(journey, (from, _port, to) => !ids.has(from) && !ids.has(to))
  return { ...bare, nodes: left(journey.nodes), layout: left(journey.layout) }
}

/** Deletes what is selected: nodes with their lines, or one line. */
export const deleteSelected: Command = {
  id: 'delete',
  shortcuts: ['delete', 'backspace'],
  ready: ({ document }) => {
    const { selection, edge } = document.getState()
    return selection.length > 0 || edge !== null
  },
  run: ({ document }) => {
    const { selection, edge } = document.getState()
    if (selection.length > 0) {
      const ids = new Set(selection)
      edit(document, (journey) => withoutNodes(journey, ids), { label: 'delete', select: [] })
    } else if (edge !== null) {
      edit(document, (journey) => withoutEdges(journey, new Set([edge])), { label: 'disconnect', select: [] })
    }
  },
}
