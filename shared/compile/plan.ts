import { type FestivalId, festivalId } from '../calendar/index.ts'
import { orderEvent, refundEvent } from '../conditions/purchases.ts'
import { Problem } from '../errors/index.ts'
import type { Journey, JourneySettings } from '../journey/graph.ts'
import { filledIn, namedValues, valuesOf } from '../journey/values.ts'
import type { Entrance, FactNeeds, GoalWatch, NodeType, Registry } from '../nodes/type.ts'
import { showsPicks } from '../nodes/variables.ts'
import type { WrittenText } from '../text.ts'

/** A compiled journey as data: from each state, which event leads where. Final states have no row. */
export interface TransitionTable {
  readonly initial: string
  readonly final: readonly string[]
  readonly states: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface PlannedNode {
  readonly id: string
  readonly type: NodeType
  /** Passed by the type's own schema. */
  readonly config: unknown
  readonly needs: FactNeeds
}

/** Leaving a node by one port: the event of the table, and the state that it leads to. */
export interface Outcome {
  readonly event: string
  readonly to: string
}

/** What texts may tell of the journey itself. */
export interface PlannedJourney {
  readonly id: string
  readonly name: WrittenText
  /** Its own values by the names of their variables, those with a dot within others. */
  readonly values: Readonly<Record<string, unknown>>
}

/** All that the runner has to know of one version, read once and shared by all its enrollments. */
export interface Plan {
  readonly journey: PlannedJourney
  readonly version: number
  readonly settings: JourneySettings
  readonly nodes: ReadonlyMap<string, PlannedNode>
  readonly next: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Each node's own row of the table by port, so that a step builds no names. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, Outcome>>
  readonly final: ReadonlySet<string>
  readonly goals: readonly (GoalWatch & { readonly id: string })[]
  readonly triggers: readonly { readonly id: string; readonly entrance: Entrance }[]
  /** Festivals that its nodes refer to; each enrollment is anchored to one occurrence of each. */
  readonly festivals: readonly FestivalId[]
  /** Names of the events that may end it, reach a goal, or take one back. */
  readonly watches: ReadonlySet<string>
}

/** The root event by which an enrollment leaves early, and the state that it leads to. */
export const leaveEvent = 'journey.left'
export const leftState = 'left'
export const startState = 'start'

/** Reads a checked journey and its table into a plan; an invalid configuration is a Problem. */
export function planOf(drawn: Journey, table: TransitionTable, version: number, registry: Registry): Plan {
  const journey = filledIn(drawn)
  const nodes = new Map<string, PlannedNode>()
  for (const [id, node] of Object.entries(journey.nodes)) {
    const type = registry.get(node.type)
    if (type === undefined) throw new Problem('unknown-node-type', { type: node.type }, id)
    const parsed = type.config.safeParse(node.config)
    if (!parsed.success) throw new Problem('invalid-journey', { detail: parsed.error.message }, id)
    nodes.set(id, { id, type, config: parsed.data, needs: needsOf(type, parsed.data) })
  }
  const all = [...nodes.values()]
  const goals = all.flatMap(({ id, type, config }) => (type.goal ? [{ id, ...type.goal(config) }] : []))
  return {
    journey: { id: journey.id, name: journey.name, values: namedValues(valuesOf(journey)) },
    version,
    settings: journey.settings,
    nodes,
    next: new Map(Object.entries(table.states).map(([state, row]) => [state, new Map(Object.entries(row))])),
    outcomes: new Map(Object.entries(table.states).map(([state, row]) => [state, outcomesOf(state, row)])),
    final: new Set(table.final),
    goals,
    triggers: all.flatMap(({ id, type, config }) =>
      type.entrance ? [{ id, entrance: type.entrance(config) }] : [],
    ),
    festivals: festivalsIn(journey.nodes),
    watches: new Set([
      ...goals.flatMap(({ filter: { event } }) => (event === orderEvent ? [event, refundEvent] : [event])),
      ...journey.settings.exitWhen.map(({ event }) => event),
    ]),
  }
}

/** The events `state.port` of a state's row, by port; the rest are root events. */
function outcomesOf(state: string, row: TransitionTable['states'][string]): Map<string, Outcome> {
  const own = `${state}.`
  return new Map(
    Object.entries(row).flatMap(([event, to]) =>
      event.startsWith(own) ? [[event.slice(own.length), { event, to }]] : [],
    ),
  )
}

/** What a node asks for itself, and what its texts show. */
function needsOf(type: NodeType, config: unknown): FactNeeds {
  const own = type.needs?.(config) ?? {}
  return showsPicks(type.texts?.(config) ?? []) ? { ...own, picks: true } : own
}

/** All festivals named under the key `festival`, in the order in which they stand. */
function festivalsIn(value: unknown): FestivalId[] {
  if (value === null || typeof value !== 'object') return []
  const found = Object.entries(value).flatMap(([key, part]) => {
    const named = key === 'festival' ? festivalId.safeParse(part) : null
    return named?.success ? [named.data] : festivalsIn(part)
  })
  return [...new Set(found)]
}
