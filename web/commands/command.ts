import type { Registry } from '../../shared/nodes/type.ts'
import type { DocumentStore } from '../store/document.ts'
import type { Point } from '../store/graph.ts'
import type { Fragment } from './fragment.ts'

/** What commands need of the screen; a test passes its own. */
export interface View {
  /** The middle of what is seen, in the canvas's own pixels. */
  readonly middle: () => Point
  /** Shows all, or these nodes. */
  readonly fit: () => void
  /** Shows the journey as when it is opened: all of it where it can be read so, else its beginning. */
  readonly begin: () => void
  /** Brings nodes into sight where they are not. */
  readonly reveal: (ids: readonly string[]) => void
}

export interface CommandContext {
  readonly document: DocumentStore
  readonly types: Registry
  readonly view: View
  /** What was last copied; kept by the page, so that it can be pasted into another journey. */
  readonly clipboard: { content: Fragment | null }
}

/** An action of the marketer's: changes the document as one step, or the view. */
export interface Command<A = void> {
  /** Names it in undo's words and in the list of shortcuts. */
  readonly id: string
  /** Keys such as `mod+z`, where mod is Command on a Mac and Ctrl elsewhere. */
  readonly shortcuts: readonly string[]
  readonly run: (context: CommandContext, argument: A) => void | Promise<void>
  /** Whether it would do anything now; without it always. */
  readonly ready?: (context: CommandContext) => boolean
}
