import type { Journey } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import { leaveEvent, leftState, startState } from './plan.ts'
import { type ReadJourney, readJourney } from './read.ts'

interface StateConfig {
  type?: 'final'
  description?: string
  meta: { node: string; name: WrittenText }
  on?: Record<string, { target: string }>
}

/** What `createMachine` of XState v5 accepts, as plain JSON: no functions, no context, no delays. */
export interface MachineConfigJson {
  id: string
  description: string
  context: Record<string, never>
  initial: string
  states: Record<string, StateConfig>
  on: Record<string, { target?: string }>
}

const ownStates: Readonly<Record<string, WrittenText>> = {
  [startState]: { 'zh-CN': '开始', en: 'Start' },
  [leftState]: { 'zh-CN': '提前离开', en: 'Left early' },
}

const language: Locale = 'zh-CN'

/** The event by which a goal is reached, from any state. */
export function goalEvent(id: string): string {
  return `${id}.reached`
}

function rootEvents({ nodes }: ReadJourney): MachineConfigJson['on'] {
  const on: MachineConfigJson['on'] = { [leaveEvent]: { target: `.${leftState}` } }
  for (const { id, type, config } of nodes.values()) {
    const goal = type.goal?.(config)
    if (goal !== undefined) on[goalEvent(id)] = goal.ends ? { target: `.${id}` } : {}
  }
  return on
}

/**
 * The journey as a finite machine: each node a state whose key is the node's id, each port an event
 * `node.port`. Everything that depends on data comes in as an event, so the context is empty. A trigger's
 * `entered` leaves `start`; its own state has the same way out, for drawing. The journey must have passed
 * the check; nodes of unknown type are left out.
 */
export function machineConfig(journey: Journey, registry: Registry): MachineConfigJson {
  const read = readJourney(journey, registry)
  const entered: Record<string, { target: string }> = {}
  const states: Record<string, StateConfig> = {
    [startState]: { meta: { node: startState, name: ownStates[startState] ?? {} }, on: entered },
  }
  for (const { id, node, type } of read.nodes.values()) {
    const meta = { node: node.type, name: node.name }
    const description = say(node.name, language)
    if (type.role === 'exit' || type.role === 'goal') {
      states[id] = { type: 'final', description, meta }
      continue
    }
    const on = Object.fromEntries(
      (read.out.get(id) ?? []).map(({ port, to }) => [`${id}.${port}`, { target: to }]),
    )
    if (type.role === 'trigger') Object.assign(entered, on)
    states[id] = { description, meta, on }
  }
  states[leftState] = { type: 'final', meta: { node: leftState, name: ownStates[leftState] ?? {} } }
  return {
    id: journey.id,
    description: say(journey.name, language),
    context: {},
    initial: startState,
    states,
    on: rootEvents(read),
  }
}
