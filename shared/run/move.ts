import { leftState, type Plan, type PlannedNode } from '../compile/plan.ts'
import type { Reason } from '../effects/index.ts'
import type { RequestKind } from '../effects/requests/index.ts'
import { canonicalJson, type Journey } from '../journey/graph.ts'
import { filledIn as withOwnValues } from '../journey/values.ts'
import type { Enrollment, Registry } from '../nodes/type.ts'
import { leave, leaveUnread, type Step } from './step.ts'
import { filledIn } from './wording.ts'

/** What becomes of those who are under way in a version when the next is published (rule 21). */
export const fates = ['finish', 'move', 'leave'] as const
export type Fate = (typeof fates)[number]

/** What moves people, or says anew what waits to be said: the next version, or other values of a running one. */
export const moveKinds = ['version', 'values'] as const
export type MoveKind = (typeof moveKinds)[number]

/** Where those go who stand on a node: to a node of the next version, or `left`, out of the journey. */
export type Mapping = Readonly<Record<string, string>>

/** What becomes of those who stand on one node, where that is something else than of the others. */
export type NodeFate =
  | { readonly fate: Exclude<Fate, 'move'> }
  | { readonly fate: Extract<Fate, 'move'>; readonly to: string }

/** What becomes of those who stand on the nodes of a version: on some as is said of each, on the others alike. */
export interface Fated {
  readonly fate: Fate
  readonly mapping: Mapping
  readonly byNode: Readonly<Record<string, NodeFate>>
}

/** How those who stand on a node come to the next version. */
export type Landing =
  /** Where they stand, and their wait goes on as it is: nothing about the node has changed. */
  | { readonly kind: 'stays'; readonly node: string }
  /** Where they stand, since when they have: the node is asked again by its new configuration. */
  | { readonly kind: 'asked'; readonly node: string }
  /** At another node, or at one of another type: entered afresh. */
  | { readonly kind: 'enters'; readonly node: string }
  | { readonly kind: 'leaves' }
  /** Where they stand, on their own version, and on from there. */
  | { readonly kind: 'finishes' }
  /** The node is gone and nobody has said where to. */
  | { readonly kind: 'undecided' }

export type LandingKind = Landing['kind']

/** A question that is asked no more: `whole` with an answer that may be there, `open` only where there is none. */
export type Unasking = 'whole' | 'open'

/** A move is a step that no node has decided. */
export interface Moved extends Step {
  /** What becomes of what its node has asked somebody outside; null: it has asked nothing, or goes on asking. */
  readonly unasks: Unasking | null
}

/**
 * What becomes of a question where its node has changed. What a model says is of the old words; what calls nobody twice
 * for one visit goes on; what a person has decided stands, and only who has not is asked anew.
 */
const unaskedBy = {
  model: 'whole',
  http: null,
  decision: 'open',
  task: 'open',
} as const satisfies Record<RequestKind, Unasking | null>

/** Whether somebody may stand on a node, or end there. */
export const canStand = ({ type }: Pick<PlannedNode, 'type'>): boolean =>
  type.decide !== undefined || type.role === 'exit'

/** What of a version says where people may stand; its transitions are not asked. */
export type Ground = Pick<Plan, 'nodes' | 'settings'>

function isUnchanged(from: Ground, to: Ground, node: string): boolean {
  if (from.settings.zone !== to.settings.zone) return false
  return canonicalJson(from.nodes.get(node)?.config) === canonicalJson(to.nodes.get(node)?.config)
}

/**
 * Where those who stand on a node of a version come to in another: by the mapping, else by the node's id.
 * `from` is null where that version cannot be read; then its node counts as changed.
 */
export function landingOf(from: Ground | null, to: Ground, state: string, mapping: Mapping = {}): Landing {
  const node = Object.hasOwn(mapping, state) ? (mapping[state] ?? state) : state
  if (node === leftState) return { kind: 'leaves' }
  const target = to.nodes.get(node)
  if (target === undefined || !canStand(target)) return { kind: 'undecided' }
  const before = from?.nodes.get(state)
  const sameType = before === undefined || before.type.type === target.type.type
  if (node !== state || !sameType || target.type.role === 'exit') return { kind: 'enters', node }
  return from !== null && isUnchanged(from, to, node) ? { kind: 'stays', node } : { kind: 'asked', node }
}

/** The ground of a version as it is drawn; a node of a type that nobody knows is none, as nobody may stand there. */
export function groundOf(drawn: Journey, registry: Registry): Ground {
  const journey = withOwnValues(drawn)
  const nodes = Object.entries(journey.nodes).flatMap(([id, node]): [string, PlannedNode][] => {
    const type = registry.get(node.type)
    const { config } = filledIn(node, registry)
    return type === undefined ? [] : [[id, { id, type, config, needs: {} }]]
  })
  return { nodes: new Map(nodes), settings: journey.settings }
}

/** What is said of one node; null where nothing is. */
export function saidOf({ byNode }: Pick<Fated, 'byNode'>, state: string): NodeFate | null {
  return Object.hasOwn(byNode, state) ? (byNode[state] ?? null) : null
}

/** Where those who stand on a node come to by what was said of it, or of all. */
export function fatedLanding(from: Ground | null, to: Ground, state: string, fated: Fated): Landing {
  const said = saidOf(fated, state)
  const ways: Readonly<Record<Fate, () => Landing>> = {
    finish: () => ({ kind: 'finishes' }),
    leave: () => ({ kind: 'leaves' }),
    move: () => landingOf(from, to, state, said?.fate === 'move' ? { [state]: said.to } : fated.mapping),
  }
  return ways[said?.fate ?? fated.fate]()
}

/** The landings of all who were on one version, each node's found once. */
export function landingsOf(from: Ground | null, to: Ground, fated: Fated): (state: string) => Landing {
  const known = new Map<string, Landing>()
  return (state) => {
    const found = known.get(state) ?? fatedLanding(from, to, state, fated)
    known.set(state, found)
    return found
  }
}

/** What becomes of the question in which somebody waits. */
function unaskingOf(to: Plan, landing: Extract<Landing, { node: string }>): Unasking | null {
  if (landing.kind === 'stays') return null
  const asks = landing.kind === 'asked' ? to.nodes.get(landing.node)?.type.asks : undefined
  return asks === undefined ? 'whole' : unaskedBy[asks]
}

/**
 * Moves an enrollment to another version: the same passage with its history, coupons, goals and group, on another
 * plan. Without a wait it is asked at once, by arrival, as a wait that has changed is computed from the same start.
 * null where they stay on their version. `from` is the plan that it is on, null where that cannot be read.
 */
export function moveTo(
  from: Plan | null,
  to: Plan,
  enrollment: Enrollment,
  landing: Landing,
  now: number,
): Moved | null {
  if (landing.kind === 'undecided' || landing.kind === 'finishes') return null
  const { version, state, wait } = enrollment
  const asking = wait?.cause === 'reply'
  if (landing.kind === 'leaves') {
    const reason: Reason<'journey_changed'> = { code: 'journey_changed', from: version, to: to.version }
    const left = from === null ? leaveUnread(enrollment, reason, now) : leave(from, enrollment, reason, now)
    return { ...left, unasks: asking ? 'open' : null }
  }
  const { kind, node } = landing
  const reason: Reason<'moved'> = { code: 'moved', from: version, to: to.version, node }
  const unasks = asking ? unaskingOf(to, landing) : null
  const keeps = kind === 'stays' || (kind === 'asked' && asking && unasks === null)
  const carried: Enrollment = {
    ...enrollment,
    version: to.version,
    wait: keeps ? wait : null,
    steps: enrollment.steps + 1,
  }
  return {
    enrollment: kind === 'enters' ? { ...carried, state: node, arrivedAt: now, by: null } : carried,
    effects: [],
    trace: { seq: enrollment.steps, at: now, node: state, outcome: 'moved', reason },
    ending: to.final.has(node) ? node : null,
    unasks,
  }
}

/**
 * The same move again from its line in the story, `from` and `to` being the plans of the versions that the reason
 * names: the state that a replay goes on from.
 */
export function moveAgain(
  from: Plan | null,
  to: Plan,
  enrollment: Enrollment,
  moved: { readonly node: string; readonly at: number },
): Moved | null {
  const landing = landingOf(from, to, enrollment.state, { [enrollment.state]: moved.node })
  return moveTo(from, to, enrollment, landing, moved.at)
}
