import type { Plan } from '../compile/plan.ts'
import type { EffectOf } from '../effects/index.ts'
import { keyOf } from '../journey/belonging.ts'
import type { Enrollment } from '../nodes/type.ts'
import { factsOf, type LoadedFacts } from './facts.ts'
import { type StepContext, zoneOf } from './step.ts'

/** A message that waits in the outbox, in the words of another version: as it is said there, or why it is not sent. */
export type Rewording = { readonly words: EffectOf<'send'> } | { readonly gate: string }

/** A message that nobody has been handed yet. */
export interface Unsaid {
  readonly node: string
  readonly recipient: string
  readonly channel: string
  readonly purpose: EffectOf<'send'>['purpose']
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
  { now, brand }: Pick<StepContext, 'now' | 'brand'>,
): Rewording | null {
  const node = plan.nodes.get(id)
  if (node?.type.reword === undefined) return null
  const input = {
    node: id,
    now,
    zone: zoneOf(plan, brand),
    brand,
    journey: plan.journey,
    enrollment,
    key: keyOf(plan.settings.reentry),
    wake: { kind: 'arrive' } as const,
    facts: factsOf(enrollment, loaded),
    askModel: false,
    mayCall: false,
  }
  const said = node.type.reword(node.config, input, recipient)
  if (said.kind !== 'leave') return null
  const words = said.effects?.find((effect) => effect.kind === 'send')
  if (words === undefined) return { gate: String(said.reason.gate ?? 'render') }
  return words.channel === channel && words.purpose === purpose ? { words } : null
}
