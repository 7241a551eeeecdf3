import { select } from '../store/document.ts'
import type { Command } from './command.ts'

/** Selects every node. */
export const selectAll: Command = {
  id: 'select-all',
  shortcuts: ['mod+a'],
  run: ({ document }) => select(document, Object.keys(document.getState().journey.nodes)),
}
