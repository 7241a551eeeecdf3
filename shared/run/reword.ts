import type { Plan, PlannedNode } from '../compile/plan.ts'
import { readJourney } from '../compile/read.ts'
import type { EffectOf } from '../effects/index.ts'
import type { Request } from '../effects/requests/index.ts'
import { keyOf } from '../journey/belonging.ts'
import type { Journey } from '../journey/graph.ts'
import { referencesIn } from '../journey/values.ts'
import { variablesOf } from '../message/variables.ts'
import type { DecideInput, Enrollment, NodeType, Registry } from '../nodes/type.ts'
import { factsOf, type LoadedFacts } from './facts.ts'
import { type StepContext, zoneOf } from './step.ts'

/** A message that waits in the outbox, in other words: as it is said with them, or why it is not sent. */
export type Rewording = { readonly words: EffectOf<'send'> } | { readonly gate: string }

/** A message that nobody has been handed yet. */
export interface Unsaid {
  readonly node: string
  readonly recipient: string
  readonly channel: string
  readonly purpose: EffectOf<'send'>['purpose']
}

type At = Pick<StepContext, 'now' | 'brand'>

/** What a node is given that says again what it has said. */
function sayingAgain(
  plan: Plan,
  { id }: PlannedNode,
  enrollment: Enrollment,
  loaded: LoadedFacts,
  { now, brand }: At,
): DecideInput {
  return {
    node: id,
    now,
    zone: zoneOf(plan, brand),
    brand,
    journey: plan.journey,
    enrollment,
    key: keyOf(plan.settings.reentry),
    wake: { kind: 'arrive' },
    facts: factsOf(enrollment, loaded),
    askModel: false,
    mayCall: false,
  }
}

/**
 * Rule 21: whoever has not been sent the message gets the corrected one. null where the other version's node is no
 * message of that kind, so that what was decided stands.
 */
export function reword(
  plan: Plan,
  { node: id, recipient, channel, purpose }: Unsaid,
  enrollment: Enrollment,
  loaded: LoadedFacts,
  at: At,
): Rewording | null {
  const node = plan.nodes.get(id)
  if (node?.type.reword === undefined) return null
  const said = node.type.reword(node.config, sayingAgain(plan, node, enrollment, loaded, at), {
    to: recipient,
    channel,
  })
  if (said.kind !== 'leave') return null
  const words = said.effects?.find((effect) => effect.kind === 'send')
  if (words === undefined) return { gate: String(said.reason.gate ?? 'render') }
  return words.channel === channel && words.purpose === purpose ? { words } : null
}

/** The question of a node where somebody still waits for the answer, put anew; null where what was asked stands. */
export function askAnew(
  plan: Plan,
  id: string,
  enrollment: Enrollment,
  loaded: LoadedFacts,
  at: At,
): Request | null {
  const node = plan.nodes.get(id)
  if (node?.type.askAnew === undefined) return null
  const input = sayingAgain(plan, node, enrollment, loaded, at)
  const asked = node.type.askAnew(node.config, { ...input, askModel: true, mayCall: true })
  if (asked.kind === 'left') return null
  const request = asked.effects?.find((effect) => effect.kind === 'ask')?.request
  return request === undefined || request.to !== node.type.asks ? null : request
}

/** Whether one name is that of a value, of a part of it, or of what it stands in. */
function touches(read: string, name: string): boolean {
  const [long, short] = read.length > name.length ? [read, name] : [name, read]
  return long === short || long.startsWith(`${short}.`) || long.startsWith(`${short}[`)
}

function saysInTexts(type: NodeType, config: unknown, names: readonly string[]): boolean {
  return (type.texts?.(config) ?? []).some(({ text }) => {
    const near = names.filter((name) => text.includes(name.split('.')[0] ?? name))
    // Most texts need not be read to see that.
    return (
      near.length > 0 &&
      variablesOf(text).variables.some((one) => near.some((name) => touches(one.name, name)))
    )
  })
}

/** Nodes whose messages or questions say one of some values of the journey, or are made by it. */
export function nodesThatSay(drawn: Journey, names: readonly string[], registry: Registry): string[] {
  return [...readJourney(drawn, registry).nodes.values()].flatMap(({ id, type, config }) => {
    if (type.reword === undefined && type.askAnew === undefined) return []
    const named = referencesIn(drawn.nodes[id]?.config).some((name) => names.includes(name))
    return named || saysInTexts(type, config, names) ? [id] : []
  })
}
