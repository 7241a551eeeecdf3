import { undo as undoStep } from '../store/document.ts'
import type { Command } from './command.ts'

/** Takes the last step back. */
export const undo: Command = {
  id: 'undo',
  shortcuts: ['mod+z'],
  ready: ({ document }) => document.getState().history.past.length > 0,
  run: ({ document }) => {
    undoStep(document)
  },
}
