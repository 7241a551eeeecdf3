import { edit } from '../store/document.ts'
import type { Point } from '../store/graph.ts'
import type { Command } from './command.ts'

/** Puts nodes elsewhere, by id. Moves that follow each other closely, as by arrow keys, are one step. */
export const move: Command<Readonly<Record<string, Point>>> = {
  id: 'move',
  shortcuts: [],
  run: ({ document }, places) => {
    const { layout } = document.getState().journey
    const moved = Object.entries(places).flatMap(([id, { x, y }]) => {
      const place = { x: Math.round(x), y: Math.round(y) }
      const old = layout[id]
      return old?.x === place.x && old.y === place.y ? [] : [[id, place] as const]
    })
    if (moved.length === 0) return
    const ids = moved.map(([id]) => id).join(' ')
    edit(
      document,
      (journey) => ({ ...journey, layout: { ...journey.layout, ...Object.fromEntries(moved) } }),
      { label: 'move', coalesce: ids },
    )
  },
}
