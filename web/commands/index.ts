import { autoLayout } from './auto-layout.ts'
import type { Command } from './command.ts'
import { copy } from './copy.ts'
import { cut } from './cut.ts'
import { deleteSelected } from './delete.ts'
import { deselect } from './deselect.ts'
import { duplicate } from './duplicate.ts'
import { fitView } from './fit-view.ts'
import { paste } from './paste.ts'
import { redo } from './redo.ts'
import { selectAll } from './select-all.ts'
import { undo } from './undo.ts'

/** Every command that a key can call; the others need an argument. */
export const keyCommands: readonly Command[] = [
  undo,
  redo,
  copy,
  cut,
  paste,
  duplicate,
  deleteSelected,
  selectAll,
  deselect,
  autoLayout,
  fitView,
]
