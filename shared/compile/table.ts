import { createMachine, getNextTransitions, initialTransition, transition } from 'xstate'
import type { MachineConfigJson } from './machine.ts'
import type { TransitionTable } from './plan.ts'

/**
 * The transition table of a machine, each cell computed once by XState's own pure functions: for every
 * state its own events and the root's. A final state has no row; a root event without target keeps the
 * state.
 */
export function tableOf(config: MachineConfigJson): TransitionTable {
  const machine = createMachine(config)
  const [first] = initialTransition(machine)
  const final: string[] = []
  const states: Record<string, Record<string, string>> = {}
  for (const [id, state] of Object.entries(config.states)) {
    if (state.type === 'final') {
      final.push(id)
      continue
    }
    const snapshot = machine.resolveState({ value: id, context: {} })
    const events = new Set(getNextTransitions(snapshot).map(({ eventType }) => eventType))
    states[id] = Object.fromEntries(
      [...events].map((type) => [type, String(transition(machine, snapshot, { type })[0].value)]),
    )
  }
  return { initial: String(first.value), final, states }
}
