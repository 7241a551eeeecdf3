import type { Command } from './command.ts'

/** Shows the whole journey. */
export const fitView: Command = {
  id: 'fit-view',
  shortcuts: ['shift+1'],
  run: ({ view }) => view.fit(),
}
