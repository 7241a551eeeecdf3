import { createContext, type DragEvent, useContext } from 'react'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { ConditionPath, Group, Spot } from './edit.ts'

/** What is carried by the pointer: a part of an editor, or one that does not stand anywhere yet. */
export interface Carried {
  readonly part: Condition
  /** The editor that it comes from, and where it stands there; null: from the palette. */
  readonly from: { readonly editor: string; readonly path: ConditionPath } | null
}

/** What the parts of one editor share. */
export interface Editing {
  readonly editor: string
  readonly root: Group
  /** The path of the test whose controls are open, written with dots; null: none. */
  readonly opened: string | null
  readonly open: (path: ConditionPath | null) => void
  /** Takes the condition as it is after a change; a path is opened, or given the focus. */
  readonly change: (
    next: Condition,
    then?: { readonly open?: ConditionPath; readonly focus?: ConditionPath },
  ) => void
  readonly carried: Carried | null
  readonly carry: (carried: Carried | null) => void
  /** Where what is carried would be put. */
  readonly spot: Spot | null
  /** Takes what is carried as being over that place: the pointer's own event, and where a drop would put it. */
  readonly over: (event: DragEvent, spot: Spot) => void
  readonly leave: () => void
  readonly drop: (event: DragEvent) => void
  readonly copied: Condition | null
  readonly copy: (part: Condition) => void
}

export const EditingContext = createContext<Editing | null>(null)

export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  if (editing === null) throw new Error('a part of a condition is drawn outside its editor')
  return editing
}

export const written = (path: ConditionPath): string => path.join('.')
