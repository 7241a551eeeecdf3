import { edit } from '../store/document.ts'
import { cardSize } from '../store/graph.ts'
import type { Command } from './command.ts'
import { type Fragment, withFragment } from './fragment.ts'

/** The middle of a fragment's cards. */
function middleOf({ layout }: Fragment): { x: number; y: number } {
  const places = Object.values(layout)
  const xs = places.map(({ x }) => x)
  const ys = places.map(({ y }) => y)
  return {
    x: (Math.min(...xs) + Math.max(...xs) + cardSize.width) / 2,
    y: (Math.min(...ys) + Math.max(...ys) + cardSize.height) / 2,
  }
}

/** Adds what was copied, in the middle of the view, with new ids where the old ones are taken. */
export const paste: Command = {
  id: 'paste',
  shortcuts: ['mod+v'],
  ready: ({ clipboard }) => clipboard.content !== null,
  run: ({ document, clipboard, view }) => {
    const { content } = clipboard
    if (content === null || Object.keys(content.nodes).length === 0) return
    const from = middleOf(content)
    const to = view.middle()
    const by = { x: Math.round(to.x - from.x), y: Math.round(to.y - from.y) }
    const added = withFragment(document.getState().journey, content, by)
    edit(document, () => added.journey, { label: 'paste', select: added.ids })
  },
}
