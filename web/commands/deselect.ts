import { select } from '../store/document.ts'
import type { Command } from './command.ts'

/** Selects nothing, which shows the journey's own settings. */
export const deselect: Command = {
  id: 'deselect',
  shortcuts: ['escape'],
  run: ({ document }) => select(document, []),
}
