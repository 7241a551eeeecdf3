import { edit } from '../store/document.ts'
import { cardSize } from '../store/graph.ts'
import type { Command } from './command.ts'
import { fragmentOf, withFragment } from './fragment.ts'

const aside = { x: cardSize.width + 32, y: 24 }

/** Makes a copy of the selected nodes beside them. */
export const duplicate: Command = {
  id: 'duplicate',
  shortcuts: ['mod+d'],
  ready: ({ document }) => document.getState().selection.length > 0,
  run: ({ document, view }) => {
    const { journey, selection } = document.getState()
    if (selection.length === 0) return
    const added = withFragment(journey, fragmentOf(journey, selection), aside)
    edit(document, () => added.journey, { label: 'duplicate', select: added.ids })
    view.reveal(added.ids)
  },
}
