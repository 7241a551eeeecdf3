import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Journey } from '../../shared/journey/graph.ts'
import { type DocumentStore, edit } from './document.ts'

export type SaveStatus = 'saved' | 'waiting' | 'saving' | 'failed' | 'stale'

export interface SaveState {
  readonly status: SaveStatus
  /** The server's number of the draft that was last saved or loaded. */
  readonly revision: number
  /** What the server holds. */
  readonly saved: Journey
  /** Why it could not be saved. */
  readonly problem: unknown
}

export interface Draft {
  readonly revision: number
  readonly journey: Journey
}

export interface SavingPort {
  readonly put: (revision: number, journey: Journey) => Promise<{ readonly revision: number }>
  /** The draft as the server holds it now. */
  readonly latest: () => Promise<Draft>
  /** Whether the server refused because somebody else had saved since. */
  readonly isStale: (problem: unknown) => boolean
}

/** How long after the last edit a draft is saved, and how long until a failed save is tried again (ms). */
export interface SavingDelays {
  readonly quiet: number
  readonly retry: number
}

export interface Saving {
  readonly store: StoreApi<SaveState>
  /** Saves what is unsaved now; the revision afterwards. Rejects where it could not be saved. */
  readonly flush: () => Promise<number>
  /** After a stale save: what the server holds becomes the document, as a step that can be undone. */
  readonly takeTheirs: () => Promise<void>
  /** After a stale save: the document replaces what the server holds. */
  readonly keepMine: () => Promise<void>
  readonly stop: () => void
}

/** Saves a document as it changes, one request at a time, and never over somebody else's work. */
export function startSaving(
  document: DocumentStore,
  revision: number,
  port: SavingPort,
  delays: SavingDelays = { quiet: 700, retry: 5_000 },
): Saving {
  const saved = document.getState().journey
  const store = createStore<SaveState>()(() => ({ status: 'saved', revision, saved, problem: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let stopped = false

  const dirty = () => document.getState().journey !== store.getState().saved
  const schedule = (delay: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void save(), delay)
  }

  const put = async () => {
    const { journey } = document.getState()
    store.setState({ status: 'saving' })
    try {
      const answer = await port.put(store.getState().revision, journey)
      store.setState({ revision: answer.revision, saved: journey, problem: null })
      store.setState({ status: dirty() ? 'waiting' : 'saved' })
      if (dirty()) schedule(delays.quiet)
    } catch (problem) {
      const stale = port.isStale(problem)
      store.setState({ status: stale ? 'stale' : 'failed', problem })
      if (!stale) schedule(delays.retry)
    }
  }

  const save = async () => {
    clearTimeout(timer)
    while (running !== null) await running
    if (!dirty() || store.getState().status === 'stale') return
    running = put().finally(() => {
      running = null
    })
    await running
  }

  const unsubscribe = document.subscribe(({ journey }, before) => {
    if (journey === before.journey || store.getState().status === 'stale') return
    if (!dirty()) {
      clearTimeout(timer)
      store.setState({ status: 'saved' })
      return
    }
    if (store.getState().status !== 'saving') store.setState({ status: 'waiting' })
    schedule(delays.quiet)
  })

  const flush = async () => {
    await save()
    if (dirty()) throw store.getState().problem
    return store.getState().revision
  }

  return {
    store,
    flush,
    takeTheirs: async () => {
      const theirs = await port.latest()
      store.setState({ revision: theirs.revision, saved: theirs.journey, status: 'saved', problem: null })
      edit(document, () => theirs.journey, { label: 'take-theirs', select: [] })
    },
    keepMine: async () => {
      const theirs = await port.latest()
      store.setState({ revision: theirs.revision, saved: theirs.journey, status: 'waiting', problem: null })
      await flush()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      unsubscribe()
    },
  }
}
