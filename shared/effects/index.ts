import { type AskEffect, ask } from './ask.ts'
import { type CouponEffect, coupon } from './coupon.ts'
import type { EffectDefinition, Sight } from './definition.ts'
import { type GoalEffect, goal } from './goal.ts'
import { type JoinEffect, join } from './join.ts'
import { type RefundEffect, refund } from './refund.ts'
import { type SendEffect, send } from './send.ts'
import { type TagEffect, tag } from './tag.ts'

export type { Coupon } from './coupon.ts'
export type { Sight } from './definition.ts'
export type { Json } from './json.ts'
export {
  type EndingReason,
  endingReasons,
  type Reason,
  type ReasonCode,
  reasonCodes,
  type WaitingCode,
} from './reasons.ts'

interface Effects {
  send: SendEffect
  ask: AskEffect
  tag: TagEffect
  join: JoinEffect
  coupon: CouponEffect
  goal: GoalEffect
  refund: RefundEffect
}

export type EffectKind = keyof Effects

/** The effect of a kind. */
export type EffectOf<Kind extends EffectKind> = { [K in Kind]: Effects[K] & { readonly kind: K } }[Kind]

/** Something to be done to the world, as data; the enrollment, node and visit are known to the runner. */
export type Effect = EffectOf<EffectKind>

/** Something said for every kind of effect: a kind without its part does not compile. */
export type ForEffects<Args extends readonly unknown[], Answer> = {
  readonly [Kind in EffectKind]: (effect: EffectOf<Kind>, ...args: Args) => Answer
}

/** What a table says for one effect. */
export function forEffect<Kind extends EffectKind, Args extends readonly unknown[], Answer>(
  table: ForEffects<Args, Answer>,
  effect: EffectOf<Kind>,
  ...args: Args
): Answer {
  const entry: (effect: EffectOf<Kind>, ...args: Args) => Answer = table[effect.kind]
  return entry(effect, ...args)
}

/** The one list of effects. */
export const effects: { readonly [Kind in EffectKind]: EffectDefinition<EffectOf<Kind>> } = {
  send,
  ask,
  tag,
  join,
  coupon,
  goal,
  refund,
}

/** Lets later decisions see an effect that has not been saved yet. */
export function see<Kind extends EffectKind>(effect: EffectOf<Kind>, at: number, sight: Sight): void {
  const definition: EffectDefinition<EffectOf<Kind>> = effects[effect.kind]
  definition.seen?.(effect, at, sight)
}

/** What an effect adds to the figures of its node. */
export function figuresOf<Kind extends EffectKind>(
  effect: EffectOf<Kind>,
): readonly (readonly [kind: string, by: number])[] {
  const definition: EffectDefinition<EffectOf<Kind>> = effects[effect.kind]
  return definition.figures?.(effect) ?? []
}
