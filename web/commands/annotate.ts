import { edit } from '../store/document.ts'
import type { Command } from './command.ts'

/** Writes a colleague's note on a node; an empty one is taken off. */
export const annotate: Command<{ readonly id: string; readonly note: string }> = {
  id: 'annotate',
  shortcuts: [],
  run: ({ document }, { id, note }) => {
    edit(
      document,
      (journey) => {
        const node = journey.nodes[id]
        if (node === undefined) return journey
        const { note: _old, ...bare } = node
        const next = note === '' ? bare : { ...bare, note }
        return { ...journey, nodes: { ...journey.nodes, [id]: next } }
      },
      { label: 'annotate', coalesce: id },
    )
  },
}
