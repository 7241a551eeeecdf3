import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DiagnosticAnswer } from '../../shared/api/diagnostics.ts'

export interface ProblemsState {
  readonly checked: boolean
  readonly all: readonly DiagnosticAnswer[]
  readonly byNode: Readonly<Record<string, readonly DiagnosticAnswer[]>>
}

export type ProblemsStore = StoreApi<ProblemsState>

export function createProblems(): ProblemsStore {
  return createStore<ProblemsState>()(() => ({ checked: false, all: [], byNode: {} }))
}

/** Replaces what is known; a node whose problems are the same keeps its list, so it is not drawn again. */
export function setProblems(store: ProblemsStore, all: readonly DiagnosticAnswer[]): void {
  const before = store.getState().byNode
  const byNode: Record<string, DiagnosticAnswer[]> = {}
  for (const problem of all) {
    if (problem.node === null) continue
    const list = byNode[problem.node] ?? []
    list.push(problem)
    byNode[problem.node] = list
  }
  const kept = Object.entries(byNode).map(([id, list]) => {
    const old = before[id]
    const same = old !== undefined && JSON.stringify(old) === JSON.stringify(list)
    return [id, same ? old : list] as const
  })
  store.setState({ checked: true, all, byNode: Object.fromEntries(kept) })
}

/** How many of them keep the journey from being published. */
export function countErrors(problems: readonly DiagnosticAnswer[]): number {
  return problems.filter(({ severity }) => severity === 'error').length
}
