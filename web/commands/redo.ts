import { redo as redoStep } from '../store/document.ts'
import type { Command } from './command.ts'

/** Makes the last step that was taken back again. */
export const redo: Command = {
  id: 'redo',
  shortcuts: ['mod+shift+z', 'mod+y'],
  ready: ({ document }) => document.getState().history.future.length > 0,
  run: ({ document }) => {
    redoStep(document)
  },
}
