/** One undoable step: what stood before it. Documents are immutable, so a step costs a reference. */
export interface Step<T> {
  readonly before: T
  /** Which command made it, for the words of undo and redo. */
  readonly label: string
  /** Steps of the same key that follow each other closely are one: typing, nudging. */
  readonly key: string | null
  readonly at: number
}

export interface History<T> {
  readonly past: readonly Step<T>[]
  readonly future: readonly Step<T>[]
}

/** Older steps are forgotten. */
const mostSteps = 200

/** Steps of one key further apart than this (ms) are taken back one by one. */
const togetherMs = 1_200

export const emptyHistory: History<never> = { past: [], future: [] }

/** The history after a new step; what had been undone can no longer be redone. */
export function pushed<T>(history: History<T>, step: Step<T>): History<T> {
  const last = history.past.at(-1)
  const together = last !== undefined && step.key !== null && last.key === step.key
  if (together && step.at - last.at <= togetherMs && history.future.length === 0)
    return { past: [...history.past.slice(0, -1), { ...last, at: step.at }], future: [] }
  return { past: [...history.past, step].slice(-mostSteps), future: [] }
}

/** What stands after the last step was taken back; null where there is none. */
export function undone<T>(history: History<T>, present: T): { history: History<T>; present: T } | null {
  const last = history.past.at(-1)
  if (last === undefined) return null
  const redo = { ...last, before: present, key: null }
  return {
    present: last.before,
    history: { past: history.past.slice(0, -1), future: [...history.future, redo] },
  }
}

/** What stands after the last undone step was made again; null where there is none. */
export function redone<T>(history: History<T>, present: T): { history: History<T>; present: T } | null {
  const next = history.future.at(-1)
  if (next === undefined) return null
  const step = { ...next, before: present, key: null }
  return {
    present: next.before,
    history: { past: [...history.past, step], future: history.future.slice(0, -1) },
  }
}
