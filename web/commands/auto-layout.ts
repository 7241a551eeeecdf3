import { edit } from '../store/document.ts'
import type { Command } from './command.ts'
import { layoutOf } from './layout.ts'

/** Sets the cards in order, from the entries at the top to the endings at the bottom. */
export const autoLayout: Command = {
  id: 'auto-layout',
  shortcuts: ['mod+shift+l'],
  ready: ({ document }) => Object.keys(document.getState().journey.nodes).length > 0,
  run: async ({ document, types, view }) => {
    const { nodes } = document.getState().journey
    const layout = await layoutOf(document.getState().journey, types)
    // Somebody may have gone on drawing while the places were reckoned; what came to be stays where it is.
    edit(
      document,
      (journey) => ({
        ...journey,
        layout: {
          ...journey.layout,
          ...Object.fromEntries(
            Object.entries(layout).filter(
              ([id]) => Object.hasOwn(journey.nodes, id) && nodes[id] !== undefined,
            ),
          ),
        },
      }),
      { label: 'auto-layout' },
    )
    view.begin()
  },
}
