import { createMachine, getNextTransitions, initialTransition, transition } from 'xstate'
import type { MachineConfigJson } from './machine.ts'
import type { TransitionTable } from './plan.ts'

type Row = TransitionTable['states'][string]

/** XState looks at all states of a machine at each transition, so that it is given so many of them at a time. */
const statesAtOnce = 32

/** The states that some transitions lead to. */
function targetsOf(on: MachineConfigJson['on'] | undefined): string[] {
  return Object.values(on ?? {}).flatMap(({ target }) =>
    target === undefined ? [] : target.replace(/^\./, ''),
  )
}

/** Some states of a machine with their transitions, and those that these lead to without any. */
function partOf(config: MachineConfigJson, ids: readonly string[]) {
  const states: MachineConfigJson['states'] = {}
  const targets = [...targetsOf(config.on), ...ids.flatMap((id) => targetsOf(config.states[id]?.on))]
  for (const id of targets) {
    const { on: _on, ...state } = config.states[id] ?? { meta: { node: id, name: {} } }
    states[id] = state
  }
  for (const id of ids) {
    const state = config.states[id]
    if (state !== undefined) states[id] = state
  }
  return createMachine({ ...config, initial: ids[0] ?? config.initial, states })
}

function rowsOf(config: MachineConfigJson, ids: readonly string[]): [string, Row][] {
  const machine = partOf(config, ids)
  return ids.map((id) => {
    const snapshot = machine.resolveState({ value: id, context: {} })
    const events = new Set(getNextTransitions(snapshot).map(({ eventType }) => eventType))
    const cells = [...events].map((type) => [type, String(transition(machine, snapshot, { type })[0].value)])
    return [id, Object.fromEntries(cells)]
  })
}

/**
 * The transition table of a machine, each cell computed once by XState's own pure functions: for every
 * state its own events and the root's. A final state has no row; a root event without target keeps the
 * state.
 */
export function tableOf(config: MachineConfigJson): TransitionTable {
  const [first] = initialTransition(partOf(config, [config.initial]))
  const ids = Object.keys(config.states)
  const final = ids.filter((id) => config.states[id]?.type === 'final')
  const moving = ids.filter((id) => config.states[id]?.type !== 'final')
  const rows: [string, Row][] = []
  for (let from = 0; from < moving.length; from += statesAtOnce)
    rows.push(...rowsOf(config, moving.slice(from, from + statesAtOnce)))
  return { initial: String(first.value), final, states: Object.fromEntries(rows) }
}
