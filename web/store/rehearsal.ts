import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  RatesByHand,
  RehearsalAnswer,
  RehearsalPeople,
  RehearsalReport,
} from '../../shared/api/rehearsal.ts'
import type { Journey } from '../../shared/journey/graph.ts'

export interface RehearsalSetup {
  readonly assume: 'backtest' | 'rates'
  /** YYYY-MM-DD in the journey's zone; null: the brand's now. */
  readonly start: string | null
  /** Those set by hand; null: none, and nobody wants to. What is left out is as the brand's past has it. */
  readonly rates: RatesByHand | null
  /** Who comes in by hand. */
  readonly people: PeopleSetup
  readonly controlGroup: boolean
  /** Of every hundred who would come in so many are walked; null: all. */
  readonly sample: number | null
}

/** Ids as they were pasted, or an audience's key; empty where nobody comes in by hand. */
export interface PeopleSetup {
  readonly kind: 'list' | 'audience'
  readonly text: string
  readonly audience: string
}

/** Customer ids out of a pasted list: by lines, commas or spaces, each once. */
export function idsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter((id) => id !== ''))]
}

/** Who is meant to come in by hand; null where nobody is. */
export function peopleOf({ kind, text, audience }: PeopleSetup): RehearsalPeople | null {
  if (kind === 'audience') return audience === '' ? null : { audience }
  const customers = idsIn(text)
  return customers.length === 0 ? null : { customers }
}

export interface RehearsalState {
  readonly state: 'idle' | 'running' | 'done' | 'failed'
  /** Under which the server keeps it. */
  readonly id: string | null
  readonly setup: RehearsalSetup
  readonly progress: RehearsalAnswer['progress'] | null
  /** How far the analytical copy is where it has to be made first. */
  readonly copying: RehearsalAnswer['copying']
  /** How many have their turn before it. */
  readonly before: number
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
    id: null,
    setup: {
      assume: 'rates',
      start: null,
      rates: null,
      people: { kind: 'list', text: '', audience: '' },
      controlGroup: true,
      sample: null,
    },
    progress: null,
    copying: null,
    before: 0,
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
