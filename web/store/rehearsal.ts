import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Rates, RehearsalAnswer, RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Journey } from '../../shared/journey/graph.ts'

export interface RehearsalSetup {
  readonly assume: 'backtest' | 'rates'
  /** YYYY-MM-DD in the journey's zone; null: the brand's now. */
  readonly start: string | null
  /** Set by hand; null: as the brand's own messages have it. */
  readonly rates: Rates | null
  readonly controlGroup: boolean
}

export interface RehearsalState {
  readonly state: 'idle' | 'running' | 'done' | 'failed'
  readonly setup: RehearsalSetup
  readonly progress: RehearsalAnswer['progress'] | null
  readonly report: RehearsalReport | null
  /** The journey that was rehearsed. */
  readonly journey: Journey | null
  /** Which day of the report's timeline is shown, from 0. */
  readonly day: number
  readonly playing: boolean
  /** Why it failed. */
  readonly problem: unknown
}

export type RehearsalStore = StoreApi<RehearsalState>

export function createRehearsal(): RehearsalStore {
  return createStore<RehearsalState>()(() => ({
    state: 'idle',
    setup: { assume: 'rates', start: null, rates: null, controlGroup: true },
    progress: null,
    report: null,
    journey: null,
    day: 0,
    playing: false,
    problem: null,
  }))
}

/** Shows a day of the report; beyond its ends, the first or the last. */
export function showDay(store: RehearsalStore, day: number): void {
  const last = (store.getState().report?.timeline.length ?? 1) - 1
  store.setState({ day: Math.max(0, Math.min(last, day)) })
}

/** One day on while it plays; at the end it stops. */
export function playOn(store: RehearsalStore): void {
  const { day, report } = store.getState()
  const last = (report?.timeline.length ?? 1) - 1
  if (day >= last) store.setState({ playing: false })
  else store.setState({ day: day + 1, playing: day + 1 < last })
}

/** Begins or halts playing; from the end it begins anew. */
export function togglePlay(store: RehearsalStore): void {
  const { playing, day, report } = store.getState()
  const last = (report?.timeline.length ?? 1) - 1
  store.setState(playing ? { playing: false } : { playing: last > 0, day: day >= last ? 0 : day })
}

/** Whether the draft means something else now than what was rehearsed. Moving boxes changes no meaning. */
export function isOutdated({ journey, report }: RehearsalState, now: Journey): boolean {
  if (journey === null || report === null) return false
  return (['nodes', 'edges', 'settings', 'variables'] as const).some((part) => journey[part] !== now[part])
}
