import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Journey } from '../../shared/journey/graph.ts'
import { emptyHistory, type History, pushed, redone, undone } from './history.ts'

/** What a step of undo brings back: the journey, and what was selected then. */
export interface Snapshot {
  readonly journey: Journey
  readonly selection: readonly string[]
}

export interface DocumentState extends Snapshot {
  /** The selected line, as edgeId says it; null where none is. */
  readonly edge: string | null
  readonly history: History<Snapshot>
}

/** The journey that is being drawn. It knows nothing of React, the canvas or the server. */
export type DocumentStore = StoreApi<DocumentState>

export interface EditOptions {
  /** Which command did it. */
  readonly label: string
  /** Edits of the same key that follow each other closely are undone together. */
  readonly coalesce?: string
  /** Node ids that are selected afterwards; left out: the selection stays. */
  readonly select?: readonly string[]
  readonly now?: number
}

export function createDocument(journey: Journey): DocumentStore {
  return createStore<DocumentState>()(() => ({ journey, selection: [], edge: null, history: emptyHistory }))
}

/** Ids that still exist; a line goes when its port leads nowhere. */
function kept(state: Snapshot & { edge: string | null }): Pick<DocumentState, 'selection' | 'edge'> {
  const { nodes } = state.journey
  const selection = state.selection.every((id) => Object.hasOwn(nodes, id))
    ? state.selection
    : state.selection.filter((id) => Object.hasOwn(nodes, id))
  const [from = '', port = ''] = state.edge?.split('.') ?? []
  const edge = state.journey.edges[from]?.[port] === undefined ? null : state.edge
  return { selection, edge }
}

/** Changes the journey as one undoable step; a change that returns the same journey is none. */
export function edit(
  store: DocumentStore,
  change: (journey: Journey) => Journey,
  options: EditOptions,
): void {
  const { journey, selection, edge, history } = store.getState()
  const next = change(journey)
  if (next === journey) return
  const step = {
    before: { journey, selection },
    label: options.label,
    key: options.coalesce === undefined ? null : `${options.label} ${options.coalesce}`,
    at: options.now ?? Date.now(),
  }
  const chosen = options.select ?? selection
  store.setState({
    journey: next,
    history: pushed(history, step),
    ...kept({ journey: next, selection: chosen, edge: options.select === undefined ? edge : null }),
  })
}

function restore(
  store: DocumentStore,
  found: { history: History<Snapshot>; present: Snapshot } | null,
): boolean {
  if (found === null) return false
  const { journey, selection } = found.present
  store.setState({ journey, history: found.history, ...kept({ journey, selection, edge: null }) })
  return true
}

/** Takes the last step back; false where there is none. */
export function undo(store: DocumentStore): boolean {
  const { history, journey, selection } = store.getState()
  return restore(store, undone(history, { journey, selection }))
}

/** Makes the last step that was taken back again; false where there is none. */
export function redo(store: DocumentStore): boolean {
  const { history, journey, selection } = store.getState()
  return restore(store, redone(history, { journey, selection }))
}

/** Selects nodes; selecting is no step of undo. */
export function select(store: DocumentStore, ids: readonly string[]): void {
  const { selection, edge } = store.getState()
  const same = ids.length === selection.length && ids.every((id, index) => id === selection[index])
  if (same && edge === null) return
  store.setState({ selection: same ? selection : ids, edge: null })
}

/** Selects one line. */
export function selectEdge(store: DocumentStore, edge: string | null): void {
  if (store.getState().edge === edge) return
  store.setState(edge === null ? { edge } : { edge, selection: [] })
}
