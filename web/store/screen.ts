import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Point } from './graph.ts'

/** What is being dragged out of the palette. */
export interface PaletteDrag {
  /** The palette's key of it. */
  readonly item: string
  /** Where the pointer is on the screen. */
  readonly at: Point
  /** The line that it would be put into, by id. */
  readonly edge: string | null
}

/** The menu that adds a node where a port was clicked or a line was let go. */
export interface QuickAdd {
  /** Where it opens on the screen. */
  readonly screen: Point
  /** Where the node will stand; null: below its predecessor. */
  readonly place: Point | null
  readonly from: { readonly node: string; readonly port: string }
}

/** A place in a form that the marketer is taken to; `count` tells two visits apart. */
export interface FieldVisit {
  readonly node: string
  readonly field: string
  readonly count: number
}

export interface ScreenState {
  readonly drag: PaletteDrag | null
  readonly quickAdd: QuickAdd | null
  readonly visit: FieldVisit | null
  readonly problems: boolean
  readonly preview: boolean
  /** Which message the preview opens at. */
  readonly previewNode: string | null
  readonly rehearsal: boolean
  readonly publishing: boolean
  /** The node whose people are listed. */
  readonly people: string | null
  /** The version that is looked at apart; null: the draft with the figures of all versions. */
  readonly version: number | null
  /** The version that is compared with another; null: none is. */
  readonly comparing: number | null
}

/** What is open and under way on the screen; it is no part of the document. */
export type ScreenStore = StoreApi<ScreenState>

export function createScreen(): ScreenStore {
  return createStore<ScreenState>()(() => ({
    drag: null,
    quickAdd: null,
    visit: null,
    problems: false,
    preview: false,
    previewNode: null,
    rehearsal: false,
    publishing: false,
    people: null,
    version: null,
    comparing: null,
  }))
}
