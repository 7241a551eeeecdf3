import { type MouseEvent, type PointerEvent, useRef, useState } from 'react'
import type { BlockKind } from '../../../shared/mail/blocks.ts'
import { type ListName, mayStandIn, type Place } from './edit.ts'

/** What is being dragged: a fresh block out of the palette, or one that stands in the mail. */
export type Dragged = { readonly kind: BlockKind; readonly id: string | null }

export interface Drag extends Dragged {
  readonly x: number
  readonly y: number
  readonly over: Place | null
}

/** How far the pointer goes before a press becomes a drag (px). */
const threshold = 4

const isListName = (name: string | undefined): name is ListName =>
  name !== undefined && (name === 'mail' || name.includes('.'))

/** The place between blocks that a point of the screen stands for, in the innermost list that takes the block. */
function placeAt(x: number, y: number, kind: BlockKind): Place | null {
  for (const element of document.elementsFromPoint(x, y)) {
    for (
      let list = element.closest<HTMLElement>('[data-mail-list]');
      list !== null;
      list = list.parentElement?.closest<HTMLElement>('[data-mail-list]') ?? null
    ) {
      const name = list.dataset.mailList
      if (!isListName(name) || !mayStandIn(kind, name)) continue
      const blocks = [...list.querySelectorAll<HTMLElement>(':scope > [data-mail-block]')]
      const index = blocks.findIndex((block) => {
        const { top, height } = block.getBoundingClientRect()
        return y < top + height / 2
      })
      return { list: name, index: index < 0 ? blocks.length : index }
    }
  }
  return null
}

/** Dragging by pointer events, as the canvas does: a press without a drag stays a press. */
export function useBlockDrag(drop: (dragged: Dragged, place: Place) => void) {
  const press = useRef<(Dragged & { x: number; y: number; moved: boolean }) | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  /** The browser takes the end of a drag for a press where it began. */
  const dragged = useRef(false)
  const end = () => {
    press.current = null
    setDrag(null)
  }
  const handle = (what: Dragged) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      dragged.current = false
      press.current = { ...what, x: event.clientX, y: event.clientY, moved: false }
    },
    onPointerMove({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      const begun = press.current
      if (begun === null) return
      begun.moved ||= Math.hypot(x - begun.x, y - begun.y) > threshold
      if (begun.moved) setDrag({ kind: begun.kind, id: begun.id, x, y, over: placeAt(x, y, begun.kind) })
    },
    onPointerUp({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      const begun = press.current
      end()
      if (begun?.moved !== true) return
      dragged.current = true
      const place = placeAt(x, y, begun.kind)
      if (place !== null) drop(begun, place)
    },
    onPointerCancel: end,
    onClickCapture(event: MouseEvent<HTMLElement>) {
      if (dragged.current) event.stopPropagation()
      dragged.current = false
    },
  })
  return { drag, handle }
}
