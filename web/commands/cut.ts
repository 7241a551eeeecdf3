import type { Command } from './command.ts'
import { copy } from './copy.ts'
import { deleteSelected } from './delete.ts'

/** Copies the selected nodes and deletes them. */
export const cut: Command = {
  id: 'cut',
  shortcuts: ['mod+x'],
  ready: ({ document }) => document.getState().selection.length > 0,
  run: (context) => {
    if (context.document.getState().selection.length === 0) return
    void copy.run(context)
    void deleteSelected.run(context)
  },
}
