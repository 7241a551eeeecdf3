import type { WrittenText } from '../../shared/text.ts'
import { edit } from '../store/document.ts'
import type { Command } from './command.ts'

/** Gives a node another name; its id stays, as figures and versions refer to it. */
export const rename: Command<{ readonly id: string; readonly name: WrittenText }> = {
  id: 'rename',
  shortcuts: [],
  run: ({ document }, { id, name }) => {
    edit(
      document,
      (journey) => {
        const node = journey.nodes[id]
        return node === undefined
          ? journey
          : { ...journey, nodes: { ...journey.nodes, [id]: { ...node, name } } }
      },
      { label: 'rename', coalesce: id },
    )
  },
}
