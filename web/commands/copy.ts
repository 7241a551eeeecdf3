import type { Command, CommandContext } from './command.ts'
import { fragmentOf } from './fragment.ts'

const some = ({ document }: CommandContext) => document.getState().selection.length > 0

/** Remembers the selected nodes and the lines between them. */
export const copy: Command = {
  id: 'copy',
  shortcuts: ['mod+c'],
  ready: some,
  run: ({ document, clipboard }) => {
    const { journey, selection } = document.getState()
    if (selection.length > 0) clipboard.content = fragmentOf(journey, selection)
  },
}
